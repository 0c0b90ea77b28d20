#include <catch2/catch.hpp>

#include "client/model/date_jump.hpp"
#include "client/model/profile.hpp"
#include "client/model/room_changes.hpp"
#include "client/model/saved.hpp"
#include "client/model/seen_by.hpp"
#include "client/model/side_bar_places.hpp"
#include "tests/unit/client/driver.hpp"

using namespace wardroom;
using namespace wardroom::client;
using namespace wardroom::client::test;
using namespace std::chrono_literals;

namespace {

using Kind = SidebarPlace::Kind;

// The sections with the ids of their rooms: "favourites: 13 | rooms: 12".
std::string side_bar(Driver& d) {
  std::string text;
  for (const auto& section : d.props().side_bar.sections) {
    if (section.rows.empty() && section.kind != SideBarSection::Kind::own) continue;
    text += text.empty() ? "" : " | ";
    switch (section.kind) {
      case SideBarSection::Kind::favourites:
        text += "favourites:";
        break;
      case SideBarSection::Kind::own:
        text += section.name + ":";
        break;
      case SideBarSection::Kind::unread:
        text += "unread:";
        break;
      default:
        text += "rooms:";
        break;
    }
    for (const auto& row : section.rows) text += " " + std::to_string(row.id.value);
  }
  return text;
}

std::string said(Driver& d) {
  const auto& toasts = d.props().toasts;
  return toasts.empty() ? "" : toasts.back().text;
}

std::string day_of(std::string_view typed) {
  const auto day = parse_day(typed, std::chrono::sys_days{2026y / 11 / 20});
  if (!day) return "none";
  return std::to_string(static_cast<int>(day->year())) + "-" +
         std::to_string(static_cast<unsigned>(day->month())) + "-" +
         std::to_string(static_cast<unsigned>(day->day()));
}

protocol::SavedMessage saved_message(std::int64_t seq, std::string text) {
  return {kRoom, message(seq, std::move(text)), from_unix_ms(1'795'160'000'000 + seq)};
}

}  // namespace

TEST_CASE("A day is understood as people write it, and nothing else is") {
  CHECK(day_of("2026-11-19") == "2026-11-19");
  CHECK(day_of(" 19.11.2025 ") == "2025-11-19");
  CHECK(day_of("19.11.") == "2026-11-19");
  CHECK(day_of("19 November") == "2026-11-19");
  CHECK(day_of("Nov 19, 2024") == "2024-11-19");
  CHECK(day_of("3/12") == "2025-12-3");  // December is still to come this year
  CHECK(day_of("29 Feb") == "2024-2-29");
  CHECK(day_of("today") == "2026-11-20");
  CHECK(day_of("Yesterday") == "2026-11-19");
  for (const char* text : {"", "soon", "31 Ma", "31.2.2026", "2026-13-01", "19", "1 2 3 4", "99999-1-1"})
    CHECK(day_of(text) == "none");
}

TEST_CASE("A jump to a day shows the first message of it") {
  Driver d;
  d.start(1'000, 1'000);
  d.act(StartDateJump{});
  REQUIRE(d.state.dialog == Dialog::date);
  d.act(JumpToDate{"whenever"});
  CHECK(d.props().date.error.starts_with("That isn't a day."));
  d.act(JumpToDate{"2027-01-01"});
  CHECK(d.props().date.error == "That day is still to come.");
  d.act(JumpToDate{"2026-11-19"});
  CHECK(d.state.dialog == Dialog::none);
  const auto call = d.take<Call<protocol::MessageHistory>>();
  REQUIRE(call.params.at);
  CHECK(*call.params.at == TimePoint{std::chrono::sys_days{2026y / 11 / 19}});
  protocol::MessageHistory::Result page;
  const auto answer = [&] {
    d.on(desk::testing::answered<protocol::MessageHistory>(call.made,
                                                           Result<protocol::MessageHistory::Result>(page)));
  };
  SECTION("it is brought into sight") {
    for (std::int64_t seq = 290; seq <= 310; ++seq)
      page.messages.push_back(message(seq, "m" + std::to_string(seq)));
    page.more.before = page.more.after = true;
    page.seq = Seq{1'000};
    page.first = Seq{300};
    answer();
    CHECK(d.room().jump_to == Seq{300});
    CHECK(d.shown().front() == "m290");
    CHECK(d.props().timeline.has_newer);
  }
  SECTION("nothing was written then or later") {
    page.seq = Seq{1'000};
    answer();
    CHECK(said(d) == "Nothing was written on that day or later.");
    CHECK_FALSE(d.props().timeline.has_newer);
  }
}

TEST_CASE("Offline a day isn't looked for, and the dialog says so") {
  Driver d;
  d.start(10, 10);
  d.go_offline();
  d.act(StartDateJump{}).act(JumpToDate{"2026-11-19"});
  CHECK(d.state.dialog == Dialog::date);
  CHECK(d.props().date.error == offline_text());
}

TEST_CASE("A saved message is in the list, its menu knows it, and other devices are followed") {
  Driver d;
  d.start();
  d.on(posted(1, "one"));
  d.state.saved.loading = false;
  d.act(SaveMessage{{kRoom, Seq{1}}, true});
  d.answer<protocol::SavedSet>(protocol::Empty{});
  d.answer<protocol::SavedList>(protocol::SavedList::Result{{saved_message(1, "one")}, false, {}});
  CHECK(d.props().timeline.saved == std::set<Seq>{Seq{1}});
  d.act(ToggleSaved{});
  REQUIRE(d.props().saved.rows.size() == 1);
  CHECK(d.props().saved.rows[0].where.starts_with("#release-7, "));
  d.on(protocol::MessageEdited{kRoom, Seq{2}, d.state.now, Seq{1}, kAmara, "one, better"});
  CHECK(d.props().saved.rows[0].text == "one, better");
  d.on(protocol::SavedChanged{kRoom, Seq{1}, false});
  CHECK(d.props().saved.rows.empty());
  CHECK(d.props().timeline.saved.empty());
  d.on(protocol::SavedChanged{kRoom, Seq{1}, true});
  CHECK(d.count<Call<protocol::SavedList>>() == 1);
}

TEST_CASE("A refusal to save is told, and nothing is shown as saved") {
  Driver d;
  d.start();
  d.on(posted(1, "one"));
  d.act(SaveMessage{{kRoom, Seq{1}}, true});
  d.answer<protocol::SavedSet>(conflict("too_many_saved", "You have saved 1,000 messages already."));
  CHECK(said(d) == "You have saved 1,000 messages already.");
  CHECK(d.props().timeline.saved.empty());
}

TEST_CASE("Favourites and sections stand as they were arranged, at once and unread or not") {
  Driver d;
  d.start();
  CHECK(side_bar(d) == "rooms: 13 12");
  d.act(PlaceRoom{kOther, {Kind::favourites, 0}, {}});
  CHECK(side_bar(d) == "favourites: 13 | rooms: 12");
  d.on(posted(1, "news", kAmara, {}, kOther));
  CHECK(side_bar(d) == "favourites: 13 | rooms: 12");
  d.answer<protocol::SidebarSet>(protocol::SidebarSet::Result{1});
  d.act(StartSection{std::nullopt, kRoom}).act(NameSection{" Projects "});
  CHECK(side_bar(d) == "favourites: 13 | Projects: 12");
  const auto sent = d.take<Call<protocol::SidebarSet>>();
  CHECK(sent.params.sidebar.version == 1);
  d.on(desk::testing::answered<protocol::SidebarSet>(
      sent.made, Result<protocol::SidebarSet::Result>(protocol::SidebarSet::Result{2})));
  d.act(PlaceRoom{kRoom, {Kind::favourites, 0}, kOther});
  CHECK(side_bar(d) == "favourites: 12 13 | Projects:");
  d.act(ShiftRoom{kRoom, 1});
  CHECK(side_bar(d) == "favourites: 13 12 | Projects:");
  d.act(RemoveSection{0}).act(PlaceRoom{kOther, {}, {}});
  CHECK(side_bar(d) == "unread: 13 | favourites: 12");
  CHECK(d.state.settings.sidebar.sections.empty());
}

TEST_CASE("What is arranged while the server is told goes there afterwards, with the version it then has") {
  Driver d;
  d.start();
  d.act(PlaceRoom{kOther, {Kind::favourites, 0}, {}}).act(PlaceRoom{kRoom, {Kind::favourites, 0}, {}});
  CHECK(d.count<Call<protocol::SidebarSet>>() == 1);
  // One's own change comes back before its answer.
  auto own = d.state.settings.sidebar;
  own.version = 1;
  own.favourites = {kOther};
  d.on(protocol::SidebarChanged{own});
  CHECK(side_bar(d) == "favourites: 13 12");
  d.answer<protocol::SidebarSet>(protocol::SidebarSet::Result{1});
  const auto again = d.take<Call<protocol::SidebarSet>>();
  CHECK(again.params.sidebar.version == 1);
  CHECK(again.params.sidebar.favourites == std::vector<RoomId>{kOther, kRoom});
}

TEST_CASE("Where another device was faster its arrangement is taken, and the person is told") {
  Driver d;
  d.start();
  d.act(PlaceRoom{kOther, {Kind::favourites, 0}, {}});
  d.answer<protocol::SidebarSet>(conflict("sidebar_changed", "Another device was faster."));
  CHECK(said(d) == "Your side bar was arranged on another device just now. Please do it once more.");
  protocol::SidebarGet::Result theirs;
  theirs.sidebar = {7, {kRoom}, {}};
  d.answer<protocol::SidebarGet>(theirs);
  CHECK(side_bar(d) == "favourites: 12 | rooms: 13");
  CHECK(d.state.settings.sidebar.version == 7);
}

TEST_CASE("Offline the side bar stays as it is") {
  Driver d;
  d.start();
  d.go_offline();
  d.act(PlaceRoom{kOther, {Kind::favourites, 0}, {}});
  CHECK(side_bar(d) == "rooms: 13 12");
  CHECK(said(d) == "You're offline. Arrange the side bar when the connection is back.");
}

TEST_CASE("A profile tells title, pronouns and status; a refusal is said in it") {
  Driver d;
  d.start();
  d.act(ShowProfile{kAmara});
  CHECK(d.state.dialog == Dialog::profile);
  CHECK(d.props().profile.busy);
  protocol::Profile profile;
  profile.user = user(kAmara, "amara", "Amara Osei");
  profile.title = "Head of Planning";
  profile.pronouns = "she/her";
  profile.status = "At the dentist's";
  profile.status_until = d.state.wall + 1h;
  d.answer<protocol::UserProfile>(protocol::UserProfile::Result{profile});
  const auto& card = d.props().profile;
  CHECK(card.title == "Head of Planning");
  CHECK(card.pronouns == "she/her");
  CHECK(card.status == "At the dentist's");
  CHECK(card.status_until == "08:33");
  d.act(ShowProfile{kMe});
  d.answer<protocol::UserProfile>(unavailable("Busy."));
  CHECK(d.props().profile.error == "Busy.");
  CHECK(d.props().profile.title.empty());
}

TEST_CASE("The clock of another zone is told beside one's own") {
  Driver d;
  d.start();
  CHECK(clock_there(d.state, "Europe/Berlin") == "08:33, 1 h ahead of you");
  CHECK(clock_there(d.state, "America/New_York") == "02:33, 5 h behind you");
  CHECK(clock_there(d.state, "Asia/Kolkata") == "13:03, 5 h 30 min ahead of you");
  CHECK(clock_there(d.state, "Nowhere/At_all").empty());
  CHECK(clock_there(d.state, "").empty());
}

TEST_CASE("A status ends when it was said to") {
  Driver d;
  d.start();
  d.act(StartStatus{});
  REQUIRE(d.state.dialog == Dialog::status);
  d.act(SetStatus{" lunch ", StatusEnd::hour});
  const auto sent = d.take<Call<protocol::PresenceSet>>().params;
  CHECK(sent.text == "lunch");
  CHECK(sent.until == d.state.wall + 1h);
  CHECK(d.props().side_bar.self.note == "lunch");
  // It is Friday the 20th.
  CHECK(end_of_status(d.state, StatusEnd::today) == TimePoint{std::chrono::sys_days{2026y / 11 / 21}});
  CHECK(end_of_status(d.state, StatusEnd::week) == TimePoint{std::chrono::sys_days{2026y / 11 / 23}});
  d.act(SetStatus{"", StatusEnd::hour});
  CHECK_FALSE(d.take<Call<protocol::PresenceSet>>().params.until);
}

TEST_CASE("Who has read a message is asked only where the office lets it be known") {
  Driver d;
  d.start();
  d.on(posted(1, "one"));
  CHECK_FALSE(d.props().timeline.seen_by);
  d.state.tells_seen_by = true;
  ++d.state.revisions.ui;
  CHECK(d.props().timeline.seen_by);
  d.act(ShowSeenBy{{kRoom, Seq{1}}});
  d.answer<protocol::MessageSeenBy>(protocol::MessageSeenBy::Result{{user(kAmara, "amara", "Amara Osei")}});
  REQUIRE(d.props().seen_by.people.size() == 1);
  CHECK(d.props().seen_by.people[0].display_name == "Amara Osei");
  d.room().members.resize(31);
  ++d.state.revisions.ui;
  CHECK_FALSE(d.props().timeline.seen_by);
}

TEST_CASE("A room's name and topic are changed in a dialog, which keeps what was refused") {
  Driver d;
  d.start();
  d.act(StartChangingRoom{kRoom});
  CHECK(d.props().change_room.name == "release-7");
  d.act(ChangeRoom{"release-8", ""});
  const auto call = d.take<Call<protocol::RoomUpdate>>();
  CHECK(call.params.name == "release-8");
  CHECK_FALSE(call.params.topic);
  d.on(desk::testing::answered<protocol::RoomUpdate>(
      call.made, Result<protocol::RoomResult>(conflict("name_taken", "There is a room of that name."))));
  CHECK(d.state.dialog == Dialog::change_room);
  CHECK(d.props().change_room.error == "There is a room of that name.");
  d.act(ChangeRoom{"release-7", ""});
  CHECK(d.state.dialog == Dialog::none);
  CHECK(d.count<Call<protocol::RoomUpdate>>() == 0);
}

TEST_CASE("People are added to a room; who was refused is named, and the others are in") {
  Driver d;
  d.start();
  d.act(StartAddingPeople{kRoom}).act(AddPeople{{kAmara, UserId{9}}});
  CHECK(d.props().add_people.busy);
  d.answer<protocol::RoomAddMember>(protocol::Empty{});
  CHECK(d.state.dialog == Dialog::add_people);
  d.answer<protocol::RoomAddMember>(conflict("banned", "They are banned from this room."));
  CHECK_FALSE(d.props().add_people.busy);
  CHECK(d.props().add_people.error.ends_with("wasn't added: They are banned from this room."));
  d.act(AddPeople{{kAmara}});
  d.answer<protocol::RoomAddMember>(protocol::Empty{});
  CHECK(d.state.dialog == Dialog::none);
}
