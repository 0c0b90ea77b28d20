#include "client/model/date_jump.hpp"

#include <array>
#include <charconv>
#include <vector>

#include "client/model/history.hpp"
#include "common/base/trimmed.hpp"
#include "common/desk/model/words.hpp"
#include "common/language/tr.hpp"
#include "common/text/search_text.hpp"

namespace wardroom::client {
namespace {

using namespace std::chrono;

constexpr std::array<std::string_view, 12> kEnglishMonths{"january",   "february", "march",    "april",
                                                          "may",       "june",     "july",     "august",
                                                          "september", "october",  "november", "december"};

std::optional<int> parse_count(std::string_view digits) {
  int number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc{} || end != digits.data() + digits.size() || digits.empty()) return std::nullopt;
  return number;
}

// In English or the language of the window; at least three letters, so that "ma" isn't taken for one of two.
std::optional<int> parse_month(std::string_view word) {
  if (const auto number = parse_count(word)) return number;
  if (word.size() < 3) return std::nullopt;
  for (unsigned i = 0; i < kEnglishMonths.size(); ++i)
    if (kEnglishMonths[i].starts_with(word) ||
        text::folded_for_search(desk::month_name(month{i + 1})).starts_with(word))
      return static_cast<int>(i) + 1;
  return std::nullopt;
}

std::vector<std::string_view> split_day(std::string_view text) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const auto end = text.find_first_of(" .-/,");
    if (end != 0) parts.push_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return parts;
}

std::optional<year_month_day> make_day(int y, int m, int d) {
  const year_month_day made{year{y}, month{static_cast<unsigned>(m)}, day{static_cast<unsigned>(d)}};
  if (m < 1 || d < 1 || y < 1970 || y > 9999 || !made.ok()) return std::nullopt;
  return made;
}

}  // namespace

std::optional<year_month_day> parse_day(std::string_view typed, sys_days today) {
  const std::string text = text::folded_for_search(trimmed(typed));
  if (text == "today" || text == text::folded_for_search(tr("today"))) return year_month_day{today};
  if (text == "yesterday" || text == text::folded_for_search(tr("yesterday")))
    return year_month_day{today - days{1}};
  const auto parts = split_day(text);
  if (parts.size() < 2 || parts.size() > 3) return std::nullopt;
  // A year stands first only in the form of ISO 8601.
  if (parts.size() == 3 && parts[0].size() == 4) {
    const auto y = parse_count(parts[0]), m = parse_count(parts[1]), d = parse_count(parts[2]);
    return y && m && d ? make_day(*y, *m, *d) : std::nullopt;
  }
  const bool month_first = !parse_count(parts[0]);
  const auto m = parse_month(parts[month_first ? 0 : 1]);
  const auto d = parse_count(parts[month_first ? 1 : 0]);
  if (!m || !d) return std::nullopt;
  if (parts.size() == 3) {
    const auto y = parse_count(parts[2]);
    return y ? make_day(*y < 100 ? *y + 2000 : *y, *m, *d) : std::nullopt;
  }
  const int this_year = static_cast<int>(year_month_day{today}.year());
  auto found = make_day(this_year, *m, *d);
  // 29 February is the last one that there was.
  for (int back = 1; (!found || sys_days{*found} > today) && back < 9; ++back)
    found = make_day(this_year - back, *m, *d);
  return found;
}

DateProps select_date(const State& state) {
  return {state.date.serial, year_month_day{local_day(state.zone, state.wall)}, state.date.error};
}

void fold(Turn& turn, const StartDateJump&) {
  State& state = turn.state;
  if (!state.find_open_room()) return;
  state.date = {state.open_room, state.date.serial + 1, {}};
  state.dialog = Dialog::date;
}

void fold(Turn& turn, const JumpToDate& action) {
  State& state = turn.state;
  auto& asked = state.date;
  auto* room = state.find_room(asked.room);
  if (!room) return;
  const auto today = local_day(state.zone, state.wall);
  const auto day = parse_day(action.typed, today);
  if (!day) {
    asked.error = tr("That isn't a day. Type it like 2026-11-19 or 19 November, or choose it below.");
    return;
  }
  if (sys_days{*day} > today) {
    asked.error = tr("That day is still to come.");
    return;
  }
  if (!jump_to_time(turn, *room, desk::start_of_day(state.zone, sys_days{*day}))) {
    asked.error = offline_text();
    return;
  }
  state.dialog = Dialog::none;
}

}  // namespace wardroom::client
