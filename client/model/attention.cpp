#include "client/model/attention.hpp"

#include <algorithm>
#include <cstdio>

#include "client/model/settings.hpp"
#include "common/base/trimmed.hpp"
#include "common/base/utf8.hpp"
#include "common/language/tr.hpp"
#include "common/text/search_text.hpp"

namespace wardroom::client {
namespace {

constexpr std::size_t kMostKeywords = 50;
constexpr std::size_t kLongestKeyword = 100;  // characters
constexpr std::chrono::minutes kWholeDay{24 * 60};
// "Until tomorrow" ends when people come to work.
constexpr std::chrono::hours kMorning{8};
// One that lasts longer was chosen while the PC's clock was ahead.
constexpr std::chrono::hours kLongestRoomPause{48};

bool has_day(const AttentionHours& hours, std::chrono::sys_days day) {
  const unsigned index = std::chrono::weekday(day).iso_encoding() - 1;
  return ((hours.days >> index) & 1U) != 0;
}

struct HoursOfDay {
  TimePoint begin;
  TimePoint end;
};

// By the calendar: on the days on which the clocks change the hours are as the clock on the wall shows them.
HoursOfDay hours_on(const AttentionHours& hours, const desk::TimeZone& zone, std::chrono::sys_days day) {
  const auto shown = [&](std::chrono::sys_days on, std::chrono::minutes at) {
    const TimePoint utc = TimePoint{on} + at;
    return utc - zone.offset_at(utc - zone.offset_at(utc));
  };
  return {shown(day, hours.from), shown(hours.to > hours.from ? day : day + std::chrono::days{1}, hours.to)};
}

// Whether the words of `wanted` stand in `written` from its word `at` on.
bool stand_at(const text::FoldedText& written, std::size_t at, const text::FoldedText& wanted) {
  if (at + wanted.words.size() > written.words.size()) return false;
  for (std::size_t i = 0; i < wanted.words.size(); ++i) {
    const auto there = written.word(at + i), word = wanted.word(i);
    const bool within = written.words[at + i].dense && wanted.words.size() == 1;
    if (within ? there.find(word) == std::u32string::npos : there != word) return false;
  }
  return true;
}

void forget_default(State& state, RoomId room) {
  const auto at = state.settings.rooms.find(room);
  if (at != state.settings.rooms.end() && !at->second.level && !at->second.until)
    state.settings.rooms.erase(at);
}

}  // namespace

RoomLevel chosen_level(const State& state, const RoomState& room) {
  const auto at = state.settings.rooms.find(room.info.id);
  if (at != state.settings.rooms.end() && at->second.level) return *at->second.level;
  return room.info.kind == protocol::RoomKind::direct ? RoomLevel::all : RoomLevel::mentions;
}

std::optional<TimePoint> paused_until(const State& state, RoomId room) {
  const auto at = state.settings.rooms.find(room);
  if (at == state.settings.rooms.end() || !at->second.until) return std::nullopt;
  const TimePoint until = *at->second.until;
  return until > state.wall && until <= state.wall + kLongestRoomPause ? at->second.until : std::nullopt;
}

RoomLevel level_of(const State& state, const RoomState& room) {
  return paused_until(state, room.info.id) ? RoomLevel::nothing : chosen_level(state, room);
}

bool is_silenced(const State& state, const RoomState& room) {
  return level_of(state, room) == RoomLevel::nothing;
}

bool is_within(const AttentionHours& hours, const desk::TimeZone& zone, TimePoint wall) {
  const auto today = desk::local_day(zone, wall);
  for (const auto day : {today - std::chrono::days{1}, today}) {
    if (!has_day(hours, day)) continue;
    const auto [begin, end] = hours_on(hours, zone, day);
    if (wall >= begin && wall < end) return true;
  }
  return false;
}

bool is_quiet(const State& state) {
  const auto& settings = state.settings;
  if (settings.do_not_disturb) return true;
  return settings.attention.hours.on && !is_within(settings.attention.hours, state.zone, state.wall);
}

std::optional<TimePoint> next_attention_change(const State& state) {
  std::optional<TimePoint> next;
  const auto consider = [&](TimePoint at) {
    if (at > state.wall && (!next || at < *next)) next = at;
  };
  for (const auto& [room, attention] : state.settings.rooms)
    if (attention.until) consider(*attention.until);
  const auto& hours = state.settings.attention.hours;
  if (!hours.on || hours.days == 0) return next;
  const auto today = desk::local_day(state.zone, state.wall);
  for (int step = -1; step <= 7; ++step) {
    const auto day = today + std::chrono::days{step};
    if (!has_day(hours, day)) continue;
    const auto [begin, end] = hours_on(hours, state.zone, day);
    consider(begin);
    consider(end);
  }
  return next;
}

bool has_keyword(const std::vector<std::string>& keywords, std::string_view written) {
  if (keywords.empty()) return false;
  const auto folded = text::fold_for_search(written);
  return std::ranges::any_of(keywords, [&](const std::string& keyword) {
    const auto wanted = text::fold_for_search(keyword);
    if (wanted.words.empty()) return false;
    for (std::size_t at = 0; at < folded.words.size(); ++at)
      if (stand_at(folded, at, wanted)) return true;
    return false;
  });
}

std::vector<std::string> parse_keywords(std::string_view typed) {
  std::vector<std::string> keywords;
  while (!typed.empty()) {
    const auto end = std::min(typed.find_first_of(",;\n"), typed.size());
    const std::string keyword(trimmed(typed.substr(0, end)));
    typed.remove_prefix(std::min(end + 1, typed.size()));
    if (text::fold_for_search(keyword).words.empty()) continue;
    if (std::ranges::find(keywords, keyword) == keywords.end()) keywords.push_back(keyword);
  }
  return keywords;
}

std::string why_not_kept(const std::vector<std::string>& keywords) {
  for (const auto& keyword : keywords)
    if (count_code_points(keyword) > kLongestKeyword)
      return tr("A keyword can have up to {0} characters. Shorten the one that begins with \"{1}\".",
                std::to_string(kLongestKeyword), std::string(truncate_utf8(keyword, 24)));
  if (keywords.size() <= kMostKeywords) return {};
  return tr("That's {0} keywords. Remove {1} to save them: up to {2} are possible.",
            std::to_string(keywords.size()), std::to_string(keywords.size() - kMostKeywords),
            std::to_string(kMostKeywords));
}

std::optional<std::chrono::minutes> parse_time_of_day(std::string_view typed) {
  typed = trimmed(typed);
  const auto number = [](std::string_view digits) -> std::optional<int> {
    if (digits.empty() || digits.size() > 2) return std::nullopt;
    int value = 0;
    for (const char c : digits) {
      if (c < '0' || c > '9') return std::nullopt;
      value = value * 10 + (c - '0');
    }
    return value;
  };
  const auto colon = typed.find_first_of(":.");
  const auto hour = number(typed.substr(0, colon));
  const auto minute = colon == std::string_view::npos ? std::optional(0) : number(typed.substr(colon + 1));
  if (!hour || !minute || *minute > 59) return std::nullopt;
  if (*hour > 24 || (*hour == 24 && *minute > 0)) return std::nullopt;
  return std::chrono::minutes{(*hour % 24) * 60 + *minute};
}

std::string time_of_day_text(std::chrono::minutes since_midnight) {
  const int all = static_cast<int>(
      std::clamp(since_midnight, std::chrono::minutes{0}, kWholeDay - std::chrono::minutes{1}).count());
  char out[8];
  std::snprintf(out, sizeof out, "%02d:%02d", all / 60 % 24, all % 60);
  return out;
}

AttentionProps select_attention(const State& state) {
  AttentionProps props;
  const auto& support = state.attention.support;
  props.do_not_disturb = state.settings.do_not_disturb;
  props.choices = state.settings.attention;
  props.from = time_of_day_text(props.choices.hours.from);
  props.to = time_of_day_text(props.choices.hours.to);
  for (const auto& keyword : props.choices.keywords)
    props.keywords += (props.keywords.empty() ? "" : ", ") + keyword;
  props.may_tray = support.tray;
  props.may_go_away = support.idle;
  props.may_autostart = state.attention.may_autostart;
  props.autostart = state.attention.autostart;
  props.autostart_error = state.attention.autostart_error;
  if (state.policy.autostart) props.autostart_set_by = desk::set_by(state.policy.autostart->who);
  if (!support.known) return props;
  auto& missing = props.missing;
  const auto lacks = [&](bool there, std::string_view sentence) {
    if (!there) missing += (missing.empty() ? "" : " ") + std::string(sentence);
  };
  if (!support.bus) {
    missing = tr(
        "This session has no message bus (D-Bus), so there are no notifications and no tray icon. The window "
        "still counts what is new.");
    return props;
  }
  lacks(support.notifications, tr("No notification service is running."));
  if (support.notifications) {
    lacks(support.presses, tr("Notifications here can't be clicked."));
    lacks(support.replies, tr("Notifications here have no reply field."));
  }
  lacks(support.tray, tr("There's no tray for icons."));
  lacks(support.idle, tr("The desktop doesn't say when you're away from the keyboard."));
  return props;
}

void fold(Turn& turn, const SetRoomLevel& action) {
  State& state = turn.state;
  const auto* room = state.find_room(action.room);
  if (!room) return;
  const bool direct = room->info.kind == protocol::RoomKind::direct;
  auto& attention = state.settings.rooms[action.room];
  attention.until.reset();
  attention.level = action.level;
  if (action.level == (direct ? RoomLevel::all : RoomLevel::mentions)) attention.level.reset();
  forget_default(state, action.room);
  save_settings(turn);
  ++state.revisions.rooms;
}

void fold(Turn& turn, const PauseRoom& action) {
  State& state = turn.state;
  if (!state.find_room(action.room)) return;
  auto& until = state.settings.rooms[action.room].until;
  switch (action.pause) {
    case RoomPause::none:
      until.reset();
      break;
    case RoomPause::hour:
      until = state.wall + std::chrono::hours{1};
      break;
    case RoomPause::tomorrow: {
      const auto day = desk::local_day(state.zone, state.wall) + std::chrono::days{1};
      until = desk::start_of_day(state.zone, day) + kMorning;
      break;
    }
  }
  forget_default(state, action.room);
  save_settings(turn);
  ++state.revisions.rooms;
}

void fold(Turn& turn, const SetAttention& action) {
  auto& choices = turn.state.settings.attention;
  switch (action.what) {
    case AttentionSwitch::hours:
      choices.hours.on = action.on;
      break;
    case AttentionSwitch::shows_text:
      choices.shows_text = action.on;
      break;
    case AttentionSwitch::sound:
      choices.sound = action.on;
      break;
    case AttentionSwitch::tray:
      choices.tray = action.on;
      break;
    case AttentionSwitch::closes_to_tray:
      choices.closes_to_tray = action.on;
      break;
    case AttentionSwitch::away_when_idle:
      choices.away_when_idle = action.on;
      break;
  }
  save_settings(turn);
}

void fold(Turn& turn, const SetKeywords& action) {
  auto keywords = parse_keywords(action.typed);
  if (!why_not_kept(keywords).empty()) return;
  turn.state.settings.attention.keywords = std::move(keywords);
  // What was highlighted, or not, may be another now.
  for (auto& [id, room] : turn.state.rooms) room.timeline.touch_all();
  save_settings(turn);
}

void fold(Turn& turn, const SetAttentionHours& action) {
  auto& hours = turn.state.settings.attention.hours;
  hours.days = static_cast<std::uint8_t>(action.days & 0x7F);
  hours.from = std::clamp(action.from, std::chrono::minutes{0}, kWholeDay - std::chrono::minutes{1});
  hours.to = std::clamp(action.to, std::chrono::minutes{0}, kWholeDay - std::chrono::minutes{1});
  save_settings(turn);
}

}  // namespace wardroom::client
