#include "client/model/message_links.hpp"

#include <catch2/catch.hpp>

#include "client/model/forwarding.hpp"
#include "client/model/sign_in.hpp"
#include "tests/unit/client/driver.hpp"

using namespace wardroom;
using namespace wardroom::client;
using namespace wardroom::client::test;

namespace {

const std::string kServer = "wardroom://office.example:7443";

std::string last_toast(Driver& d) {
  const auto& toasts = d.props().toasts;
  return toasts.empty() ? "" : toasts.back().text;
}

protocol::MessageHistory::Result one_message(std::int64_t seq, std::string text) {
  protocol::MessageHistory::Result page;
  page.messages = {message(seq, std::move(text))};
  page.seq = Seq{seq};
  return page;
}

}  // namespace

TEST_CASE("The link of a message is what its menu copies, and leads back to it from anywhere") {
  Driver d;
  d.start();
  d.on(posted(1, "one")).on(posted(2, "two"));
  CHECK(d.props().timeline.link_base + "2" == kServer + "/room/12/2");
  d.act(OpenRoom{kOther});
  SECTION("from a message, whatever words it has there") {
    d.act(OpenLink{kServer + "/room/12/2", true});
    CHECK(d.state.dialog == Dialog::none);
  }
  SECTION("from a second start of the program") {
    d.on(LinkReceived{kServer + "/room/12/2"});
  }
  CHECK(d.state.open_room == kRoom);
  CHECK(d.room().jump_to == Seq{2});
  CHECK(last_toast(d).empty());
  CHECK(d.count<OpenUrl>() == 0);
}

TEST_CASE("A link that leads nowhere says why") {
  Driver d;
  d.start(5, 5);
  d.on(LinkReceived{kServer + "/room/99/2"});
  CHECK(last_toast(d) ==
        "That message is in a room that you aren't in. Join it, or ask somebody there to add you.");
  d.on(LinkReceived{"wardroom://elsewhere.example:7443/room/12/2"});
  CHECK(last_toast(d) ==
        "That message is on another server, elsewhere.example:7443. You're signed in to "
        "office.example:7443.");
  d.on(LinkReceived{kServer + "/room/12"});
  CHECK(last_toast(d).starts_with("The link is incomplete"));
  SECTION("a message that retention removed") {
    d.on(LinkReceived{kServer + "/room/12/2"});
    d.answer<protocol::MessageHistory>(one_message(4, "what is left"));
    CHECK(last_toast(d) == "That message is no longer there.");
    CHECK(d.state.open_room == kRoom);
  }
  SECTION("a message that is there says nothing") {
    d.on(LinkReceived{kServer + "/room/12/4"});
    d.answer<protocol::MessageHistory>(one_message(4, "there"));
    CHECK(last_toast(d) != "That message is no longer there.");
  }
}

TEST_CASE("A link that comes before the rooms are known is followed once they are") {
  Driver d;
  d.on(ProfileLoaded{});
  d.on(LinkReceived{kServer + "/room/13/2"});
  CHECK(last_toast(d) == "Sign in, and the message is opened.");
  d.start(5, 5);
  CHECK(d.room(kOther).jump_to == Seq{2});
  Driver early;
  ProfileLoaded profile;
  profile.credentials =
      Credentials{{"office.example", 7443, {}}, Secret("token"), user(kMe, "lena", "Lena Moreau")};
  early.on(profile);
  early.on(LinkReceived{kServer + "/room/13/2"});
  early.listed.rooms = {a_room(kRoom, "release-7", 5, 5), a_room(kOther, "general", 5, 5)};
  early.come_online();
  early.answer<protocol::RoomList>(early.listed);
  CHECK(early.state.open_room == kOther);
  CHECK(early.room(kOther).jump_to == Seq{2});
}

TEST_CASE("A bare link is shown as the message that it leads to, which is asked for once it is in sight") {
  Driver d;
  d.start(5, 5);
  d.on(posted(6, "see " + kServer + "/room/13/3, and [here](" + kServer + "/room/13/4)"));
  const auto& row = d.props().timeline.rows.back();
  REQUIRE(row.links.size() == 1);
  const MessagePlace place = row.links[0];
  CHECK(place == MessagePlace{kOther, Seq{3}});
  CHECK(d.props().timeline.link_cards.empty());
  d.act(WantLinked{place});
  CHECK(d.props().timeline.link_cards.at(place).text == "Loading…");
  d.act(WantLinked{place});
  CHECK(d.count<Call<protocol::MessageHistory>>() == 1);
  const auto call = d.take<Call<protocol::MessageHistory>>();
  CHECK(call.params.room == kOther);
  CHECK(call.params.around == Seq{3});
  const auto answer = [&](Result<protocol::MessageHistory::Result> result) {
    d.on(desk::testing::answered<protocol::MessageHistory>(call.made, std::move(result)));
  };
  SECTION("it follows what becomes of the message") {
    answer(one_message(3, "the plan"));
    CHECK(d.props().timeline.link_cards.at(place).text == "the plan");
    CHECK(d.props().timeline.link_cards.at(place).head.find("#general") != std::string::npos);
    d.on(protocol::MessageEdited{kOther, Seq{6}, d.state.now, Seq{3}, kAmara, "the new plan"});
    CHECK(d.props().timeline.link_cards.at(place).text == "the new plan");
    d.on(protocol::MessageDeleted{kOther, Seq{7}, d.state.now, Seq{3}, kAmara, ""});
    CHECK(d.props().timeline.link_cards.at(place).text == "This message was deleted.");
  }
  SECTION("it isn't there any more") {
    answer(one_message(4, "another one"));
    CHECK(d.props().timeline.link_cards.at(place).text == "This message is no longer there.");
    CHECK_FALSE(d.props().timeline.link_cards.at(place).there);
  }
  SECTION("the person leaves its room: nothing of it is shown any more") {
    answer(one_message(3, "the plan"));
    d.act(LeaveRoom{kOther});
    d.answer<protocol::RoomLeave>(protocol::Empty{});
    d.act(WantLinked{place});
    CHECK(d.props().timeline.link_cards.at(place).text == "A message in a room that you aren't in.");
  }
}

TEST_CASE("A forwarded message is quoted with its author and the way back, and calls nobody") {
  Driver d;
  d.start();
  d.on(posted(1, "first line\n@room and @lena"));
  d.act(StartForward{{kRoom, Seq{1}}});
  REQUIRE(d.state.dialog == Dialog::forward);
  const auto& props = d.props().forward;
  CHECK(props.quote.author == "Amara Osei");
  REQUIRE(props.entries.size() == 2);
  d.act(Forward{kOther, " look "});
  CHECK(d.state.dialog == Dialog::none);
  const auto row = d.take<SaveOutbox>().row;
  CHECK(row.room == kOther);
  CHECK(row.text ==
        "look\n> first line\n> @\xE2\x81\xA0room and @\xE2\x81\xA0lena\n— Amara Osei, [#release-7](" +
            kServer + "/room/12/1)");
  CHECK(last_toast(d) == "Forwarded to #general.");
}

TEST_CASE("What can't be forwarded stays in the dialog with what was typed") {
  Driver d;
  d.start();
  d.on(posted(1, std::string(16'000, 'x')));
  d.act(StartForward{{kRoom, Seq{1}}});
  SECTION("a room in which the person can't post any more") {
    d.room(kOther).info.archived = true;
    d.act(Forward{kOther, "look"});
    CHECK(d.props().forward.error == "You can't post in that room any more. Choose another one.");
  }
  SECTION("a comment that is as long as a message") {
    d.act(Forward{kOther, std::string(17'000, 'y')});
    CHECK(d.props().forward.error == "What you wrote about it is too long. Shorten it.");
  }
  SECTION("a message that was deleted meanwhile") {
    d.on(protocol::MessageDeleted{kRoom, Seq{2}, d.state.now, Seq{1}, kAmara, ""});
    d.act(Forward{kOther, "look"});
    CHECK(d.props().forward.error == "The message was deleted meanwhile.");
  }
  CHECK(d.state.dialog == Dialog::forward);
  CHECK(d.count<SaveOutbox>() == 0);
}

TEST_CASE("A long quotation is cut so that the person's words and the link fit") {
  Driver d;
  d.start();
  d.on(posted(1, std::string(16'000, 'x')));
  const auto* message = d.room().timeline.entries().at(Seq{1}).message();
  const std::string text = forwarded_text(d.state, d.room(), *message, std::string(2'000, 'y'));
  CHECK(text.size() <= 16'384);
  CHECK(text.starts_with(std::string(2'000, 'y') + "\n> x"));
  CHECK(text.ends_with("/room/12/1)"));
}
