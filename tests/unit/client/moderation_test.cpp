#include <catch2/catch.hpp>

#include "client/model/length_words.hpp"
#include "tests/unit/client/driver.hpp"

using namespace wardroom;
using namespace wardroom::client;
using namespace wardroom::client::test;
using namespace std::chrono_literals;

namespace {

protocol::RoomUpdated updated(std::int64_t seq, bool locked, std::int64_t slow_mode_s = 0) {
  return {kRoom, Seq{seq}, from_unix_ms(1'795'160'000'000), kAmara, "release-7", "", locked, slow_mode_s};
}

bool lists(const WindowProps& props, std::string_view command) {
  return std::any_of(props.composer.commands.begin(), props.composer.commands.end(),
                     [&](const CommandProps& one) { return one.name == command; });
}

}  // namespace

TEST_CASE("In a locked or archived room the composer says why; a moderator writes on in a locked one") {
  Driver d;
  d.start();
  d.on(updated(1, true));
  CHECK(d.props().composer.disabled_reason == "This room is locked. Only its moderators can post.");
  CHECK(d.props().header.locked);
  CHECK_FALSE(d.props().timeline.rights.write);
  CHECK(d.props().timeline.rows.back().text == "Amara Osei locked the room");
  d.on(protocol::MemberChanged{kRoom, Seq{2}, d.state.now, user(kMe, "lena", "Lena Moreau"),
                               protocol::RoomRole::moderator, false});
  CHECK(d.props().composer.disabled_reason.empty());
  CHECK(d.props().timeline.rights.moderate);
  d.on(protocol::RoomArchived{kRoom, Seq{3}, d.state.now, kAmara, true});
  CHECK_FALSE(d.props().composer.disabled_reason.empty());
  d.on(protocol::RoomArchived{kRoom, Seq{4}, d.state.now, kAmara, false}).on(updated(5, false));
  CHECK(d.props().composer.disabled_reason.empty());
  CHECK_FALSE(d.props().header.locked);
}

TEST_CASE("Everybody in a room that is opened reads from which message on newcomers read along") {
  Driver d;
  d.start();
  auto event = updated(1, false);
  event.kind = protocol::RoomKind::public_;
  d.on(event);
  CHECK(d.props().timeline.rows.back().text ==
        "Amara Osei made the room public: newcomers read what is written from here on");
  event.seq = Seq{2};
  event.open_history = true;
  d.on(event);
  CHECK(d.props().timeline.rows.back().text ==
        "Amara Osei made the room public, with everything that was written before");
}

TEST_CASE("A list that is older than an event doesn't unlock the room again, and is asked for again") {
  Driver d;
  d.start();
  d.on(protocol::RoomCreated{});
  d.on(updated(1, true));
  d.answer<protocol::RoomList>(d.listed);
  CHECK(d.room().info.locked);
  CHECK(d.count<Call<protocol::RoomList>>() == 1);
  d.listed.rooms[0].seq = Seq{1};
  d.listed.rooms[0].locked = true;
  d.answer<protocol::RoomList>(d.listed);
  CHECK(d.count<Call<protocol::RoomList>>() == 0);
}

TEST_CASE("A mute says until when and why, and is over when its time has come") {
  Driver d;
  d.start();
  d.on(protocol::ModerationApplied{protocol::ModerationApplied::Act::muted, kRoom, "release-7", kAmara,
                                   "flooding", d.state.now + 1h});
  CHECK(d.props().composer.disabled_reason == "A moderator muted you until 08:33: flooding");
  CHECK(d.props().toasts.back().bad);
  d.act(OpenRoom{kOther});
  CHECK(d.props().composer.disabled_reason.empty());
  d.act(OpenRoom{kRoom});
  REQUIRE(next_tick(d.state));
  d.wait(61min);
  CHECK(d.props().composer.disabled_reason.empty());
}

TEST_CASE("Slow mode counts down to the next message, and doesn't hold moderators up") {
  Driver d;
  d.start();
  d.on(updated(1, false, 30));
  CHECK(d.props().composer.hint == "Slow mode: one message in 30 s");
  auto own = posted(2, "mine", kMe);
  own.at = d.state.now;
  d.on(own);
  CHECK(d.props().composer.hint == "Slow mode: one message in 30 s · the next is sent in 30 s");
  CHECK(*next_tick(d.state) <= d.state.now + 1s);
  d.wait(12s);
  CHECK(d.props().composer.hint == "Slow mode: one message in 30 s · the next is sent in 18 s");
  d.state.me->role = protocol::Role::moderator;
  ++d.state.revisions.ui;
  CHECK(d.props().composer.hint.empty());
}

TEST_CASE("An action asks for its reason, stays open with the server's sentence, and closes when done") {
  Driver d;
  d.start();
  d.act(AskReason{ReasonedAction::mute, kRoom, {}, kAmara});
  CHECK(d.props().dialog == Dialog::reason);
  CHECK(d.props().reason_dialog.title == "Mute Amara Osei in #release-7");
  REQUIRE(d.props().reason_dialog.lengths.size() == 5);
  CHECK(d.props().reason_dialog.lengths[2] == "1 day");
  d.act(GiveReason{"flooding", 2});
  CHECK(d.props().reason_dialog.busy);
  auto call = d.take<Call<protocol::ModerationMute>>();
  CHECK(call.params.user == kAmara);
  CHECK(call.params.seconds == 86'400);
  CHECK(call.params.reason == "flooding");
  d.on(Answer<protocol::ModerationMute>{call.params, forbidden("outranked", "Not them.")});
  CHECK(d.props().reason_dialog.error == "Not them.");
  d.act(GiveReason{"flooding", 4});
  call = d.take<Call<protocol::ModerationMute>>();
  CHECK_FALSE(call.params.seconds);
  d.on(Answer<protocol::ModerationMute>{call.params, protocol::SanctionResult{}});
  CHECK(d.props().dialog == Dialog::none);
}

TEST_CASE("Commands with a reason act at once; without one the dialog asks, with what is known filled in") {
  Driver d;
  d.start();
  d.act(SendMessage{kRoom, "/kick @amara wrong room"});
  const auto kick = d.take<Call<protocol::ModerationKick>>();
  CHECK(kick.params.user == kAmara);
  CHECK(kick.params.reason == "wrong room");
  d.act(SendMessage{kRoom, "/mute amara 2h too loud"});
  const auto mute = d.take<Call<protocol::ModerationMute>>();
  CHECK(mute.params.seconds == 7'200);
  CHECK(mute.params.reason == "too loud");
  d.act(SendMessage{kRoom, "/ban amara"});
  CHECK(d.props().dialog == Dialog::reason);
  CHECK(d.state.reason_dialog.act == ReasonedAction::ban);
  d.act(ShowDialog{Dialog::none});
  d.act(SendMessage{kRoom, "/slow 30s too many at once"});
  CHECK(d.take<Call<protocol::RoomSlowMode>>().params.seconds == 30);
  d.act(SendMessage{kRoom, "/slow off quiet again"});
  CHECK(d.take<Call<protocol::RoomSlowMode>>().params.seconds == 0);
  d.act(SendMessage{kRoom, "/lock wait"});
  CHECK(d.take<Call<protocol::RoomLock>>().params.on);
  d.act(SendMessage{kRoom, "/invite amara"});
  CHECK(d.take<Call<protocol::RoomAddMember>>().params.user == kAmara);
  d.act(SendMessage{kRoom, "/unban nobody"});
  d.answer<protocol::UserList>(protocol::UserList::Result{});
  CHECK(d.props().toasts.back().text == "There's nobody here named @nobody.");
  CHECK(d.room().draft == "/unban nobody");
}

TEST_CASE("Only who may is offered moderation actions and commands") {
  Driver d;
  d.start();
  CHECK_FALSE(lists(d.props(), "/kick"));
  CHECK_FALSE(d.props().header.moderates);
  d.on(protocol::AccountChanged{{kMe, "lena", "Lena Moreau", protocol::Role::moderator}, false, false});
  CHECK(lists(d.props(), "/kick"));
  CHECK(d.props().header.moderates);
  d.on(Answer<protocol::RoomMembers>{
      {kRoom},
      protocol::RoomMembers::Result{
          {{protocol::User{kMe, "lena", "Lena Moreau", protocol::Role::moderator},
            protocol::RoomRole::member,
            {},
            {}},
           {user(kAmara, "amara", "Amara Osei"), protocol::RoomRole::member, {}, true}}}});
  for (const auto& section : d.props().members.sections)
    for (const auto& member : section.people) {
      CHECK(member.answers_to_me == (member.person.id == kAmara));
      CHECK(member.muted == (member.person.id == kAmara));
    }
}

TEST_CASE("Lengths are read and written as people do") {
  CHECK(parse_length("30s") == 30);
  CHECK(parse_length("45") == 45);
  CHECK(parse_length("10m") == 600);
  CHECK(parse_length("2h") == 7'200);
  CHECK(parse_length("3d") == 259'200);
  CHECK(parse_length("1w") == 604'800);
  for (const char* text : {"", "h", "0", "-3m", "3x", "99999999999999999999", "2 h", "loud"}) {
    INFO(text);
    CHECK_FALSE(parse_length(text));
  }
  CHECK(length_words(30) == "30 s");
  CHECK(length_words(600) == "10 min");
  CHECK(length_words(86'400) == "1 day");
  CHECK(length_words(604'800) == "7 days");
  CHECK(length_words(0).empty());
}
