#include <catch2/catch.hpp>

#include "tests/unit/client/driver.hpp"

using namespace wardroom;
using namespace wardroom::client;
using namespace wardroom::client::test;
using protocol::DirectState;

namespace {

constexpr RoomId kDirect{20};

protocol::MyRoom request_from(UserId by) {
  auto room = a_room(kDirect, "", 1, 0);
  room.kind = protocol::RoomKind::direct;
  room.users = {{user(kMe, "lena", "Lena Moreau"), user(kAmara, "amara", "Amara Osei")}};
  room.direct = DirectState::requested;
  room.requested_by = by;
  room.accepted = by == kMe;
  return room;
}

Driver& with_request(Driver& d, UserId by) {
  d.start();
  d.listed.rooms.push_back(request_from(by));
  d.on(protocol::RoomCreated{});
  d.answer<protocol::RoomList>(d.listed);
  return d.act(OpenRoom{kDirect});
}

protocol::DirectChanged changed(std::int64_t seq, UserId by, DirectState state, UserId requested_by) {
  return {kDirect, Seq{seq}, from_unix_ms(1'795'160'000'000), by, state, requested_by};
}

}  // namespace

TEST_CASE("A request stands in its own section, and is accepted or declined where one would write") {
  Driver d;
  with_request(d, kAmara);
  REQUIRE(d.props().side_bar.sections[0].kind == SideBarSection::Kind::requests);
  CHECK(d.props().side_bar.sections[0].rows.at(0).name == "Amara Osei");
  CHECK(d.props().toasts.back().text == "Amara Osei: Would like to write to you.");
  CHECK(d.props().composer.act == ComposerAct::answer_request);
  CHECK(d.props().composer.disabled_reason == "Amara Osei would like to chat with you.");
  d.act(AcceptDirect{kDirect});
  CHECK(d.take<Call<protocol::DirectAccept>>().params.room == kDirect);
  d.on(changed(2, kMe, DirectState::open, kAmara));
  CHECK(d.props().composer.disabled_reason.empty());
  CHECK(d.props().side_bar.sections[0].kind != SideBarSection::Kind::requests);
  CHECK(d.props().timeline.rows.back().text == "Lena Moreau accepted");
}

TEST_CASE("Who asked waits, is told, and may chat then") {
  Driver d;
  with_request(d, kMe);
  CHECK(d.props().composer.disabled_reason ==
        "You can chat once Amara Osei has accepted. You'll be notified.");
  CHECK(d.props().composer.act == ComposerAct::none);
  SECTION("at the window: a sentence in it") {
    d.on(changed(2, kAmara, DirectState::open, kMe));
    CHECK(d.props().toasts.back().text == "Amara Osei: Amara Osei accepted. You can chat now.");
    CHECK(d.props().composer.disabled_reason.empty());
  }
  SECTION("elsewhere: a notification") {
    d.on(WindowFocused{false});
    d.on(changed(2, kAmara, DirectState::open, kMe));
    CHECK(d.take<Notify>().text == "Amara Osei accepted. You can chat now.");
  }
  SECTION("declined") {
    d.on(changed(2, kAmara, DirectState::ended, kMe));
    CHECK(d.props().toasts.back().text == "Amara Osei: Amara Osei declined.");
    CHECK(d.props().composer.act == ComposerAct::ask_again);
    d.act(AskAgain{kDirect});
    CHECK(d.take<Call<protocol::DirectOpen>>().params.users == std::vector<UserId>{kAmara});
  }
}

TEST_CASE("/end closes the conversation, which can be read and asked for again") {
  Driver d;
  with_request(d, kAmara);
  d.on(changed(2, kMe, DirectState::open, kAmara));
  CHECK(d.props().header.may_end);
  d.act(SendMessage{kDirect, "/end"});
  CHECK(d.take<Call<protocol::DirectEnd>>().params.room == kDirect);
  d.on(changed(3, kMe, DirectState::ended, kAmara));
  CHECK(d.props().composer.act == ComposerAct::ask_again);
  CHECK(d.props().timeline.rows.back().text == "Lena Moreau ended the conversation");
  CHECK_FALSE(d.props().header.may_end);
  d.on(changed(4, kAmara, DirectState::requested, kAmara));
  CHECK(d.props().composer.act == ComposerAct::answer_request);
}
