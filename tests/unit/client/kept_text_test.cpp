#include <catch2/catch.hpp>

#include "protocol/limits.hpp"
#include "tests/unit/client/driver.hpp"

using namespace wardroom;
using namespace wardroom::client;
using namespace wardroom::client::test;
using protocol::MessageEdit;
using protocol::MessagePost;
using Texts = std::vector<std::string>;

namespace {

std::string too_long() {
  return std::string(protocol::kMaxTextBytes + 1, 'x');
}

Error refusal() {
  return forbidden("no_right", "You can't do that.");
}

}  // namespace

TEST_CASE("A text that is longer than a message can be stays in the composer") {
  Driver d;
  d.start();
  const auto before = d.room().draft_version;
  d.act(ChangeDraft{kRoom, too_long()}).act(SendMessage{kRoom, too_long()});
  CHECK(d.room().draft == too_long());
  // The composer has let go of it, and is told to take it back.
  CHECK(d.room().draft_version > before);
  CHECK(d.count<SaveOutbox>() == 0);
  CHECK(d.props().toasts.back().text.find("16 KiB") != std::string::npos);
}

TEST_CASE("An edit that is too long stays in the composer, and isn't taken for the person's draft") {
  Driver d;
  d.start();
  d.on(posted(1, "tpyo", kMe)).act(ChangeDraft{kRoom, "half a thought"}).act(EditLast{kRoom});
  const auto before = d.room().draft_version;
  d.act(SendMessage{kRoom, too_long()});
  CHECK(d.props().composer.editing);
  CHECK(d.room().draft == too_long());
  CHECK(d.room().draft_version > before);
  CHECK(d.count<Call<MessageEdit>>() == 0);
  d.act(CancelEdit{kRoom});
  CHECK(d.room().draft == "half a thought");
}

TEST_CASE("A refused edit comes back, also when its message can't be edited any more") {
  Driver d;
  d.start();
  d.on(posted(1, "tpyo", kMe)).on(posted(2, "other", kMe));
  d.act(StartEdit{kRoom, Seq{1}}).act(SendMessage{kRoom, "typo"});
  const auto call = d.take<Call<MessageEdit>>();
  SECTION("into the editor") {
    d.on(desk::testing::answered<MessageEdit>(call.made, refusal()));
    CHECK(d.props().composer.editing);
    CHECK(d.room().draft == "typo");
  }
  SECTION("the message is gone") {
    d.on(protocol::MessageDeleted{kRoom, Seq{3}, d.state.now, Seq{1}, kAmara, "no"});
    d.on(desk::testing::answered<MessageEdit>(call.made, refusal()));
    CHECK_FALSE(d.props().composer.editing);
    CHECK(d.room().draft == "typo");
    CHECK(d.all<SaveDraft>().back().text == "typo");
  }
  SECTION("another one is being edited") {
    d.act(StartEdit{kRoom, Seq{2}});
    d.on(desk::testing::answered<MessageEdit>(call.made, refusal()));
    CHECK(d.room().draft == "other");
    d.act(CancelEdit{kRoom});
    CHECK(d.room().draft == "typo");
  }
}

TEST_CASE("A message that is deleted while it is being edited leaves what was written instead") {
  Driver d;
  d.start();
  d.on(posted(1, "hello", kMe)).act(ChangeDraft{kRoom, "half a thought"}).act(EditLast{kRoom});
  const protocol::MessageDeleted gone{kRoom, Seq{2}, d.state.now, Seq{1}, kAmara, "no"};
  SECTION("changed") {
    d.act(ChangeDraft{kRoom, "hello, and more"}).on(gone);
    CHECK(d.room().draft == "hello, and more\nhalf a thought");
  }
  SECTION("not changed: there is nothing to keep") {
    d.on(gone);
    CHECK(d.room().draft == "half a thought");
  }
  CHECK_FALSE(d.props().composer.editing);
}

TEST_CASE("A refused message that goes back while another is being edited waits for that") {
  Driver d;
  d.start();
  d.on(posted(1, "tpyo", kMe));
  const auto call = d.say("hello");
  d.on(Answer<MessagePost>{call.params, refusal()});
  d.act(EditLast{kRoom}).act(ChangeDraft{kRoom, "typo"});
  d.act(RewriteMessage{kRoom, call.params.client_id});
  CHECK(d.room().draft == "typo");
  CHECK(d.all<SaveDraft>().back().text == "hello");
  d.act(CancelEdit{kRoom});
  CHECK(d.room().draft == "hello");
}

TEST_CASE("A command that the server refuses is given back as it was typed") {
  Driver d;
  d.start();
  const auto refuse = [&]<class M>(std::string text) {
    INFO(text);
    d.act(SendMessage{kRoom, text});
    CHECK(d.room().draft.empty());
    const auto before = d.room().draft_version;
    d.answer<M>(refusal());
    CHECK(d.room().draft == text);
    CHECK(d.room().draft_version > before);
    CHECK(d.props().toasts.back().text == "You can't do that.");
    d.act(ChangeDraft{kRoom, ""});
  };
  refuse.operator()<protocol::RoomUpdate>("/topic all about the release");
  refuse.operator()<protocol::ModerationMute>("/mute amara 2h too loud");
  refuse.operator()<protocol::ModerationKick>("/kick amara wrong room");
  refuse.operator()<protocol::ModerationUnban>("/unban amara");
  refuse.operator()<protocol::RoomLock>("/lock until the release is out");
  refuse.operator()<protocol::RoomSlowMode>("/slow 30s too many at once");
  refuse.operator()<protocol::RoomAddMember>("/invite amara");
  refuse.operator()<protocol::PresenceSet>("/away at the dentist's until three");
  refuse.operator()<protocol::DirectOpen>("/msg amara");
}

TEST_CASE("A command that a person typed on after stands before what they write") {
  Driver d;
  d.start();
  d.act(SendMessage{kRoom, "/topic all about the release"}).act(ChangeDraft{kRoom, "and now"});
  d.answer<protocol::RoomUpdate>(refusal());
  CHECK(d.room().draft == "/topic all about the release\nand now");
}

TEST_CASE("Offline, a command stays in the composer") {
  Driver d;
  d.start();
  d.go_offline();
  for (const char* text : {"/topic all about it", "/kick amara wrong room", "/lock wait", "/invite amara",
                           "/unmute amara", "/msg amara", "/join ops"}) {
    INFO(text);
    d.act(SendMessage{kRoom, text});
    CHECK(d.room().draft == text);
  }
}

TEST_CASE("Whoever is removed from a room loses nothing that they hadn't sent there") {
  Driver d;
  d.start();
  const auto call = d.say("on its way");
  d.act(ChangeDraft{kRoom, "half a thought"});
  d.effects.clear();
  d.on(protocol::MemberLeft{kRoom, Seq{1}, d.state.now, kMe, kAmara});
  CHECK(d.count<EraseOutbox>() == 0);
  REQUIRE(d.count<SaveOutbox>() == 2);
  for (const auto& saved : d.all<SaveOutbox>()) CHECK_FALSE(saved.row.failure.empty());
  CHECK(d.props().toasts.back().text ==
        "You're no longer in release-7. What you hadn't sent there is back if you rejoin.");
  // Back again: both are there, and neither goes out by itself.
  d.on(protocol::RoomCreated{});
  d.answer<protocol::RoomList>(d.listed);
  d.act(OpenRoom{kRoom});
  CHECK(d.shown() == Texts{"on its way!", "half a thought!"});
  CHECK(d.count<Call<MessagePost>>() == 0);
}
