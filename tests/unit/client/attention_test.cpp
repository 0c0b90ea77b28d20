#include "client/model/attention.hpp"

#include <catch2/catch.hpp>

#include "client/model/surroundings.hpp"
#include "tests/unit/client/driver.hpp"

using namespace wardroom;
using namespace wardroom::client;
using namespace wardroom::client::test;
using std::chrono::hours;
using std::chrono::minutes;

namespace {

constexpr RoomId kTwo{20};
// Friday, 20 November 2026, 00:00 UTC.
constexpr TimePoint kFriday = from_unix_ms(1'795'132'800'000);

TimePoint on_day(int day, int hour, int minute = 0) {
  return kFriday + hours{24 * day + hour} + minutes{minute};
}

bool within(const AttentionHours& chosen, TimePoint wall, minutes offset = minutes{0}) {
  return is_within(chosen, {{{TimePoint{}, offset}}}, wall);
}

protocol::MyRoom with_two_people() {
  auto room = a_room(kTwo, "");
  room.kind = protocol::RoomKind::direct;
  room.direct = protocol::DirectState::open;
  room.accepted = true;
  room.users = {{user(kMe, "lena", "Lena Moreau"), user(kAmara, "amara", "Amara Osei")}};
  return room;
}

// Signed in, elsewhere with the eyes, with a direct room besides the two.
void start_away(Driver& d) {
  d.start();
  d.listed.rooms.push_back(with_two_people());
  d.on(protocol::RoomCreated{});
  d.answer<protocol::RoomList>(d.listed);
  d.on(WindowFocused{false});
  d.effects.clear();
}

}  // namespace

TEST_CASE("Hours hold on the days on which they begin, by the person's own calendar") {
  AttentionHours chosen;  // Monday to Friday, 8 to 18
  CHECK_FALSE(within(chosen, on_day(0, 7, 59)));
  CHECK(within(chosen, on_day(0, 8)));
  CHECK(within(chosen, on_day(0, 17, 59)));
  CHECK_FALSE(within(chosen, on_day(0, 18)));
  CHECK_FALSE(within(chosen, on_day(1, 12)));  // Saturday
  CHECK(within(chosen, on_day(3, 12)));        // Monday
  // Where it is two hours later.
  CHECK(within(chosen, on_day(0, 6), hours{2}));
  CHECK_FALSE(within(chosen, on_day(0, 16), hours{2}));
}

TEST_CASE("Hours over midnight belong to the day on which they begin; from a time to itself is a whole day") {
  AttentionHours nights;
  nights.from = hours{22};
  nights.to = hours{6};
  CHECK(within(nights, on_day(0, 23)));
  CHECK(within(nights, on_day(1, 5, 59)));  // of Friday's
  CHECK_FALSE(within(nights, on_day(1, 23)));
  CHECK_FALSE(within(nights, on_day(3, 5)));  // Monday, of Sunday's
  nights.from = nights.to = hours{8};
  CHECK(within(nights, on_day(1, 7)));
  CHECK_FALSE(within(nights, on_day(1, 8)));
  nights.days = 0;
  CHECK_FALSE(within(nights, on_day(0, 12)));
}

TEST_CASE("On the night on which the clocks change, the hours are those of the clock on the wall") {
  // Two o'clock becomes three on Sunday, 29 March 2026, 01:00 UTC.
  const TimePoint change = from_unix_ms(1'774'746'000'000);
  const desk::TimeZone zone{{{TimePoint{}, hours{1}}, {change, hours{2}}}};
  AttentionHours chosen;
  chosen.days = 0x7F;
  chosen.from = hours{6};
  chosen.to = hours{7};
  CHECK_FALSE(is_within(chosen, zone, change + hours{2} + minutes{59}));
  CHECK(is_within(chosen, zone, change + hours{3}));
  CHECK_FALSE(is_within(chosen, zone, change + hours{4}));
}

TEST_CASE("A keyword is found as a word of its own, whatever its case and accents") {
  const std::vector<std::string> keywords{"release", "Café noir", "東京"};
  CHECK(has_keyword(keywords, "The Release is out."));
  CHECK_FALSE(has_keyword(keywords, "prereleases"));
  CHECK(has_keyword(keywords, "two cafe  NOIR, please"));
  CHECK_FALSE(has_keyword(keywords, "noir café"));
  CHECK(has_keyword(keywords, "今日は東京に行きます"));
  CHECK_FALSE(has_keyword({}, "release"));
  CHECK(parse_keywords(" release, ,freeze;release\n!!!, v8 ") ==
        std::vector<std::string>{"release", "freeze", "v8"});
  std::string many;
  for (int n = 0; n < 50; ++n) many += "word" + std::to_string(n) + ",";
  CHECK(why_not_kept(parse_keywords(many)).empty());
  CHECK(why_not_kept(parse_keywords(many + "freeze, merger")).find("Remove 2") != std::string::npos);
  std::string longest;
  for (int n = 0; n < 100; ++n) longest += "\u00e9";
  CHECK(why_not_kept({longest}).empty());
  CHECK(why_not_kept({longest + "e"}).find("Shorten") != std::string::npos);
}

TEST_CASE("Times are read as people type them, and nothing else is") {
  CHECK(parse_time_of_day("8") == minutes{480});
  CHECK(parse_time_of_day(" 08:05 ") == minutes{485});
  CHECK(parse_time_of_day("18.30") == minutes{1110});
  CHECK(parse_time_of_day("24:00") == minutes{0});
  for (const char* wrong : {"", "25", "8:60", "8:5x", "24:01", "-1", "8:", "008", "8:005"})
    CHECK_FALSE(parse_time_of_day(wrong));
  CHECK(time_of_day_text(minutes{485}) == "08:05");
}

TEST_CASE("Of a room all, mentions, or nothing is told") {
  Driver d;
  start_away(d);
  d.on(posted(1, "nothing special", kAmara, {}, kOther));
  CHECK(d.count<Notify>() == 0);
  d.act(SetRoomLevel{kOther, RoomLevel::all}).on(posted(2, "nothing special", kAmara, {}, kOther));
  CHECK(d.take<Notify>().title == "Amara Osei in #general");
  d.act(SetRoomLevel{kOther, RoomLevel::nothing}).on(posted(3, "@lena look", kAmara, {}, kOther));
  CHECK(d.count<Notify>() == 0);
  // It doesn't come to the unread ones, either.
  CHECK(d.props().side_bar.sections.front().kind == SideBarSection::Kind::rooms);
  d.on(posted(1, "just between us", kAmara, {}, kTwo));
  CHECK(d.take<Notify>().title == "Amara Osei");
  // What is usual isn't kept.
  d.act(SetRoomLevel{kOther, RoomLevel::mentions});
  CHECK(d.state.settings.rooms.empty());
  d.on(posted(4, "@lena look", kAmara, {}, kOther));
  CHECK(d.count<Notify>() == 1);
}

TEST_CASE("A keyword is told of, and marked as a mention is") {
  Driver d;
  start_away(d);
  d.act(SetKeywords{"freeze"});
  d.on(posted(1, "The freeze is on Thursday", kAmara));
  CHECK(d.count<Notify>() == 1);
  CHECK(d.props().timeline.rows.back().mentions_me);
  d.act(SetKeywords{""});
  CHECK_FALSE(d.props().timeline.rows.back().mentions_me);
}

TEST_CASE("A pause ends by itself, and one from a clock that was ahead at once") {
  Driver d;
  start_away(d);
  d.act(PauseRoom{kOther, RoomPause::hour});
  CHECK(d.take<SaveSettings>().settings.rooms.at(kOther).until == d.state.wall + hours{1});
  d.on(posted(1, "@lena look", kAmara, {}, kOther));
  CHECK(d.count<Notify>() == 0);
  d.act(OpenRoom{kOther});
  CHECK(d.props().header.paused_until == "08:33");
  d.act(OpenRoom{kRoom});
  REQUIRE(next_attention_change(d.state) == d.state.wall + hours{1});
  d.wait(hours{1} + minutes{1});
  d.on(posted(2, "@lena look", kAmara, {}, kOther));
  CHECK(d.count<Notify>() == 1);
  // The clock was a year ahead when the pause was chosen.
  d.effects.clear();
  d.state.settings.rooms[kOther].until = d.state.wall + hours{24 * 365};
  d.on(posted(3, "@lena look", kAmara, {}, kOther));
  CHECK(d.count<Notify>() == 1);
}

TEST_CASE("Until tomorrow is until eight in the morning") {
  Driver d;
  start_away(d);
  d.act(PauseRoom{kOther, RoomPause::tomorrow});
  CHECK(d.state.settings.rooms.at(kOther).until == on_day(1, 8));
  d.act(PauseRoom{kOther, RoomPause::none});
  CHECK(d.state.settings.rooms.empty());
}

TEST_CASE("Outside the hours nothing is told, and the window says so") {
  Driver d;
  start_away(d);
  d.act(SetAttention{AttentionSwitch::hours, true});
  d.on(posted(1, "@lena look", kAmara, {}, kOther));  // 07:33
  CHECK(d.count<Notify>() == 0);
  CHECK(d.props().side_bar.quiet);
  CHECK_FALSE(d.props().side_bar.do_not_disturb);
  d.wait(minutes{27});
  CHECK_FALSE(d.props().side_bar.quiet);
  d.on(posted(2, "@lena look", kAmara, {}, kOther));
  CHECK(d.count<Notify>() == 1);
}

TEST_CASE("Whoever signs out leaves no keywords and no choices of rooms behind") {
  Driver d;
  start_away(d);
  d.act(SetKeywords{"merger"}).act(SetRoomLevel{kOther, RoomLevel::nothing});
  d.effects.clear();
  d.act(SignOut{});
  const auto saved = d.all<SaveSettings>();
  REQUIRE_FALSE(saved.empty());
  CHECK(saved.back().settings.attention.keywords.empty());
  CHECK(saved.back().settings.rooms.empty());
}
