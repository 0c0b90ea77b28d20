#include <catch2/catch.hpp>

#include "client/model/draft_sync.hpp"
#include "tests/unit/client/driver.hpp"

using namespace wardroom;
using namespace wardroom::client;
using namespace wardroom::client::test;
using namespace std::chrono_literals;

namespace {

protocol::DraftChanged draft_elsewhere(std::string text) {
  protocol::DraftChanged event;
  event.draft.room = kRoom;
  event.draft.text = std::move(text);
  event.origin = "another device";
  return event;
}

// Written and left alone until the server is told; it takes it.
void write_draft(Driver& d, std::string text) {
  d.act(ChangeDraft{kRoom, std::move(text)});
  d.wait(3s);
  d.answer<protocol::DraftSet>(protocol::DraftSet::Result{});
}

}  // namespace

TEST_CASE("A draft goes to the server once the person pauses, and its end as well") {
  Driver d;
  d.start();
  d.act(ChangeDraft{kRoom, "hel"});
  d.wait(1s);
  d.act(ChangeDraft{kRoom, "hello"});
  d.wait(1s);
  CHECK(d.count<Call<protocol::DraftSet>>() == 0);
  d.wait(2s);
  const auto call = d.take<Call<protocol::DraftSet>>();
  CHECK(call.params.text == "hello");
  d.on(desk::testing::answered<protocol::DraftSet>(
      call.made, Result<protocol::DraftSet::Result>(protocol::DraftSet::Result{})));
  d.say("hello");
  d.wait(3s);
  CHECK(d.take<Call<protocol::DraftSet>>().params.text.empty());
}

TEST_CASE("What another device writes is taken over; where both wrote, both texts stay") {
  Driver d;
  d.start();
  SECTION("nothing here") {
    d.on(draft_elsewhere("from the phone"));
    CHECK(d.props().composer.draft == "from the phone");
    CHECK(d.take<SaveDraft>().text == "from the phone");
  }
  SECTION("it went on with what was written here") {
    write_draft(d, "hello");
    d.on(draft_elsewhere("hello world"));
    CHECK(d.props().composer.draft == "hello world");
    d.on(draft_elsewhere(""));
    CHECK(d.props().composer.draft.empty());
  }
  SECTION("both wrote") {
    write_draft(d, "hello");
    d.act(ChangeDraft{kRoom, "hello, Amara"});
    d.on(draft_elsewhere("good morning"));
    CHECK(d.props().composer.draft == "hello, Amara\ngood morning");
    d.wait(3s);
    CHECK(d.take<Call<protocol::DraftSet>>().params.text == "hello, Amara\ngood morning");
  }
  SECTION("one's own event") {
    d.act(ChangeDraft{kRoom, "hello"});
    d.wait(3s);
    auto own = draft_elsewhere("hello");
    own.origin = d.take<Call<protocol::DraftSet>>().params.origin;
    d.act(ChangeDraft{kRoom, "hello again"});
    d.on(own);
    CHECK(d.room().draft == "hello again");
  }
}

TEST_CASE("After a reconnect drafts meet: what was sent here meanwhile doesn't come back") {
  Driver d;
  d.start();
  write_draft(d, "hello");
  const auto drafts_are = [&](std::vector<protocol::Draft> drafts) {
    d.come_online();
    d.answer<protocol::RoomList>(d.listed);
    d.answer<protocol::DraftList>(protocol::DraftList::Result{std::move(drafts)});
  };
  const auto on_server = [](std::string text) {
    protocol::Draft draft;
    draft.room = kRoom;
    draft.text = std::move(text);
    return draft;
  };
  d.go_offline();
  SECTION("sent offline") {
    d.act(SendMessage{kRoom, "hello"});
    drafts_are({on_server("hello")});
    CHECK(d.room().draft.empty());
    d.wait(3s);
    CHECK(d.take<Call<protocol::DraftSet>>().params.text.empty());
  }
  SECTION("sent on another device") {
    drafts_are({});
    CHECK(d.room().draft.empty());
  }
  SECTION("written on here, untouched elsewhere") {
    d.act(ChangeDraft{kRoom, "hello, you"});
    drafts_are({on_server("hello")});
    CHECK(d.room().draft == "hello, you");
  }
  SECTION("a backup of before was restored, which doesn't know it") {
    protocol::SessionResume::Result resumed;
    resumed.epoch = 2;
    d.come_online(resumed);
    d.answer<protocol::RoomList>(d.listed);
    d.answer<protocol::DraftList>(protocol::DraftList::Result{});
    CHECK(d.room().draft == "hello");
  }
}

TEST_CASE("What was sent on another device while this one was closed doesn't come back") {
  Driver d;
  ProfileLoaded profile;
  profile.credentials =
      Credentials{{"office.example", 7443, {}}, Secret("token"), user(kMe, "lena", "Lena Moreau")};
  profile.cached.epoch = 1;
  CachedRoom cached;
  cached.room = a_room(kRoom, "release-7", 0, 0);
  cached.draft = "hello";
  profile.cached.rooms.push_back(cached);
  std::string expected;
  SECTION("it was as the server had it") {
    profile.cached.told_drafts.push_back({kRoom, "hello"});
  }
  SECTION("it was written on here") {
    profile.cached.told_drafts.push_back({kRoom, "hel"});
    expected = "hello";
  }
  SECTION("the server never had it") {
    expected = "hello";
  }
  d.on(profile);
  d.listed.rooms = {cached.room};
  d.come_online();
  d.answer<protocol::RoomList>(d.listed);
  d.answer<protocol::DraftList>(protocol::DraftList::Result{});
  CHECK(d.room().draft == expected);
}
