#include "client/model/notifications.hpp"

#include <catch2/catch.hpp>

#include "client/model/surroundings.hpp"
#include "tests/unit/client/driver.hpp"

using namespace wardroom;
using namespace wardroom::client;
using namespace wardroom::client::test;
using std::chrono::minutes;

namespace {

void look_away(Driver& d) {
  d.start();
  d.on(WindowFocused{false});
  d.effects.clear();
}

AttentionFound a_desktop() {
  AttentionSupport support;
  support.known = support.bus = support.notifications = support.tray = support.idle = true;
  return {support};
}

}  // namespace

TEST_CASE("A room has one notification, which tells of all that is new") {
  Driver d;
  look_away(d);
  d.on(posted(1, "@lena one", kAmara, {}, kOther));
  CHECK(d.take<Notify>().text == "@lena one");
  d.on(posted(2, "@lena two", kAmara, {}, kOther));
  const auto both = d.take<Notify>();
  CHECK(both.room == kOther);
  CHECK(both.seq == Seq{1});
  CHECK(both.title == "#general: 2 new messages");
  CHECK(both.text == "Amara Osei: @lena one\nAmara Osei: @lena two");
  CHECK(both.may_reply);
  CHECK_FALSE(both.sound);
}

TEST_CASE("It goes when the message is read elsewhere, and when it is read here") {
  Driver d;
  look_away(d);
  d.on(posted(1, "@lena one", kAmara, {}, kOther)).on(posted(2, "@lena two", kAmara, {}, kOther));
  d.on(protocol::MarkerMoved{kOther, {Seq{1}, 1}, 1, {}});
  CHECK(d.count<WithdrawNotification>() == 0);
  d.on(protocol::MarkerMoved{kOther, {Seq{2}, 2}, 0, {}});
  CHECK(d.take<WithdrawNotification>().room == kOther);
  d.on(posted(1, "@lena here", kAmara));
  d.on(WindowFocused{true});
  CHECK(d.take<WithdrawNotification>().room == kRoom);
  // The next one begins anew.
  d.on(WindowFocused{false});
  d.effects.clear();
  d.on(posted(3, "@lena three", kAmara, {}, kOther));
  CHECK(d.take<Notify>().title == "Amara Osei in #general");
}

TEST_CASE("A deleted message isn't told on") {
  Driver d;
  look_away(d);
  d.on(posted(1, "@lena regretted", kAmara, {}, kOther)).on(posted(2, "@lena stays", kAmara, {}, kOther));
  d.effects.clear();
  protocol::MessageDeleted deleted;
  deleted.room = kOther;
  deleted.seq = Seq{3};
  deleted.message = Seq{1};
  deleted.by = kAmara;
  d.on(deleted);
  const auto left = d.take<Notify>();
  CHECK(left.text == "@lena stays");
  CHECK(left.silent);
  deleted.seq = Seq{4};
  deleted.message = Seq{2};
  d.on(deleted);
  CHECK(d.take<WithdrawNotification>().room == kOther);
}

TEST_CASE("Without the text it says who and where") {
  Driver d;
  look_away(d);
  d.act(SetAttention{AttentionSwitch::shows_text, false});
  d.act(SetAttention{AttentionSwitch::sound, true});
  d.on(posted(1, "@lena the codes are", kAmara, {}, kOther));
  const auto first = d.take<Notify>();
  CHECK(first.title == "Amara Osei in #general");
  CHECK(first.text == "New message");
  CHECK(first.sound);
  d.on(posted(2, "@lena 1234", kAmara, {}, kOther));
  CHECK(d.take<Notify>().text.empty());
}

TEST_CASE("A press opens the window at the message") {
  Driver d;
  look_away(d);
  d.on(posted(1, "@lena look", kAmara, {}, kOther));
  d.effects.clear();
  d.on(NotificationPressed{kOther, Seq{1}});
  CHECK(d.take<AskWindow>().act == AskWindow::Act::raise);
  CHECK(d.state.open_room == kOther);
  CHECK(d.room(kOther).jump_to == Seq{1});
  CHECK(d.take<WithdrawNotification>().room == kOther);
}

TEST_CASE("An answer is sent as it is, and takes nothing of the composer along") {
  Driver d;
  look_away(d);
  d.act(ChangeDraft{kOther, "half a thought"});
  d.act(StartReply{kOther, Seq{1}});
  d.on(posted(1, "@lena look", kAmara, {}, kOther));
  d.effects.clear();
  d.on(NotificationReplied{kOther, " /kick everybody "});
  const auto saved = d.take<SaveOutbox>();
  CHECK(saved.row.text == "/kick everybody");
  CHECK_FALSE(saved.row.reply_to);
  CHECK(d.room(kOther).draft == "half a thought");
  CHECK(d.room(kOther).reply_to == Seq{1});
  d.on(OutboxSaved{saved.row.client_id, ok()});
  CHECK(d.take<Call<protocol::MessagePost>>().params.room == kOther);
  CHECK(d.count<WithdrawNotification>() == 1);
}

TEST_CASE("An answer that can't be sent is in the composer; of a room that is gone it is kept") {
  Driver d;
  look_away(d);
  d.act(ChangeDraft{kOther, "mine"});
  d.on(NotificationReplied{kOther, std::string(20'000, 'x')});
  CHECK(d.room(kOther).draft == std::string(20'000, 'x') + "\nmine");
  CHECK(d.state.open_room == kOther);
  d.on(NotificationReplied{RoomId{77}, "too late"});
  REQUIRE(d.state.outbox.size() == 1);
  CHECK(d.state.outbox[0].state == OutboxEntry::State::failed);
  CHECK(d.state.outbox[0].row.text == "too late");
}

TEST_CASE("The tray counts what is for the person, without what is silenced") {
  Driver d;
  d.start();
  d.effects.clear();
  d.on(posted(1, "@lena look", kAmara, {}, kOther)).on(protocol::MentionCounted{kOther, 1});
  const auto told = d.all<ShowTray>();
  REQUIRE_FALSE(told.empty());
  CHECK(told.back().tray.shown);
  CHECK(told.back().tray.count == 1);
  CHECK(told.back().tray.tip == "1 for you, 1 unread");
  d.effects.clear();
  d.act(SetRoomLevel{kOther, RoomLevel::nothing});
  CHECK(d.take<ShowTray>().tray.tip == "Nothing new");
  d.act(SetTheme{ThemeChoice::light});
  CHECK(d.count<ShowTray>() == 0);
}

TEST_CASE("Closing goes to a tray that is there, and that the person wants") {
  Driver d;
  d.start();
  d.act(SetAttention{AttentionSwitch::closes_to_tray, true});
  CHECK_FALSE(closes_to_tray(d.state));
  d.on(a_desktop());
  CHECK(closes_to_tray(d.state));
  d.on(AttentionFound{});
  CHECK_FALSE(closes_to_tray(d.state));
  d.on(a_desktop()).act(SetAttention{AttentionSwitch::tray, false});
  CHECK_FALSE(closes_to_tray(d.state));
}

TEST_CASE("Nobody at the PC makes away, and somebody makes online again") {
  Driver d;
  d.start();
  d.act(SetPresence{PresenceMark::online, "at my desk"});
  d.effects.clear();
  d.on(IdleChanged{true});
  const auto away = d.take<Call<protocol::PresenceSet>>().params;
  CHECK(away.state == protocol::Presence::away);
  CHECK(away.text == "at my desk");
  CHECK(d.take<SaveSettings>().settings.away_by_itself);
  // An older word of the server's doesn't count.
  d.on(protocol::PresenceChanged{kMe, protocol::Presence::online, "at my desk"});
  d.on(protocol::PresenceChanged{kMe, protocol::Presence::away, "at my desk"});
  CHECK(d.count<Call<protocol::PresenceSet>>() == 0);
  d.on(IdleChanged{false});
  CHECK(d.take<Call<protocol::PresenceSet>>().params.state == protocol::Presence::online);
  CHECK_FALSE(d.state.settings.away_by_itself);
}

TEST_CASE("Who is busy, or away by their own word, is left alone") {
  Driver d;
  d.start();
  for (const auto mark : {PresenceMark::busy, PresenceMark::away}) {
    d.act(SetPresence{mark, ""});
    d.effects.clear();
    d.on(IdleChanged{true}).on(IdleChanged{false});
    CHECK(d.count<Call<protocol::PresenceSet>>() == 0);
  }
}

TEST_CASE("Whoever is active on another device isn't away until they are quiet there, too") {
  Driver d;
  d.start();
  d.effects.clear();
  d.on(posted(1, "from my phone", kMe));
  d.on(IdleChanged{true});
  CHECK(d.count<Call<protocol::PresenceSet>>() == 0);
  REQUIRE(next_idle(d.state));
  d.wait(minutes{10});
  CHECK(d.take<Call<protocol::PresenceSet>>().params.state == protocol::Presence::away);
  d.on(posted(2, "from my phone again", kMe));
  CHECK(d.take<Call<protocol::PresenceSet>>().params.state == protocol::Presence::online);
}

TEST_CASE("Away that an earlier run said, which ended while nobody was there, is taken back with its words") {
  Driver d;
  d.start();
  d.state.settings.away_by_itself = true;
  d.effects.clear();
  d.on(protocol::PresenceChanged{kMe, protocol::Presence::away, "at my desk"});
  const auto back = d.take<Call<protocol::PresenceSet>>().params;
  CHECK(back.state == protocol::Presence::online);
  CHECK(back.text == "at my desk");
}

TEST_CASE("The page of settings says what the desktop lacks") {
  Driver d;
  d.start();
  const auto missing = [&] {
    d.act(ShowDialog{Dialog::settings});
    return d.props().settings.attention.missing;
  };
  CHECK(missing().empty());
  AttentionSupport none;
  none.known = true;
  d.on(AttentionFound{none});
  CHECK(missing().find("no message bus") != std::string::npos);
  d.on(a_desktop());
  CHECK(missing() == "Notifications here can't be clicked. Notifications here have no reply field.");
}
