#include "client/session/attention_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>
#include <vector>

#include "common/base/utf8.hpp"

namespace wardroom::client {
namespace {

constexpr std::int64_t kMinutesOfDay = 24 * 60;
constexpr std::array<std::string_view, 3> kLevels{"all", "mentions", "nothing"};
// No person chose more; a damaged file may say anything.
constexpr std::size_t kMostLines = 20'000;
constexpr std::int64_t kYear10000 = 253'402'300'800'000;  // ms

using Switch = std::pair<std::string_view, bool AttentionChoices::*>;
constexpr std::array<Switch, 5> kSwitches{{{"shows_text", &AttentionChoices::shows_text},
                                           {"sound", &AttentionChoices::sound},
                                           {"tray", &AttentionChoices::tray},
                                           {"closes_to_tray", &AttentionChoices::closes_to_tray},
                                           {"away_when_idle", &AttentionChoices::away_when_idle}}};

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string_view take_until(std::string_view& rest, char separator) {
  const auto end = std::min(rest.find(separator), rest.size());
  const auto part = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return part;
}

void take_hours(AttentionHours& hours, std::string_view name, std::int64_t value) {
  const bool is_time = value >= 0 && value < kMinutesOfDay;
  if (name == "hours") hours.on = value != 0;
  if (name == "days" && value >= 0 && value <= 0x7F) hours.days = static_cast<std::uint8_t>(value);
  if (name == "from" && is_time) hours.from = std::chrono::minutes{value};
  if (name == "to" && is_time) hours.to = std::chrono::minutes{value};
}

}  // namespace

std::string to_text(const AttentionChoices& choices) {
  const auto& hours = choices.hours;
  std::string text = std::string("hours ") + (hours.on ? "1" : "0") + "\ndays " + std::to_string(hours.days) +
                     "\nfrom " + std::to_string(hours.from.count()) + "\nto " +
                     std::to_string(hours.to.count()) + "\n";
  for (const auto& [name, member] : kSwitches)
    text += std::string(name) + (choices.*member ? " 1\n" : " 0\n");
  for (const auto& keyword : choices.keywords) text += "keyword " + keyword + "\n";
  return text;
}

AttentionChoices parse_attention(std::string_view text) {
  AttentionChoices choices;
  for (std::size_t line = 0; !text.empty() && line < kMostLines; ++line) {
    std::string_view rest = take_until(text, '\n');
    const auto name = take_until(rest, ' ');
    if (name == "keyword") {
      if (!rest.empty() && is_valid_utf8(rest)) choices.keywords.emplace_back(rest);
      continue;
    }
    const auto value = whole_number(rest);
    if (!value) continue;
    take_hours(choices.hours, name, *value);
    for (const auto& [known, member] : kSwitches)
      if (name == known) choices.*member = *value != 0;
  }
  return choices;
}

std::string to_text(const std::map<RoomId, RoomAttention>& rooms) {
  std::string text;
  for (const auto& [room, attention] : rooms) {
    text += std::to_string(room.value) + " ";
    text += attention.level ? kLevels[static_cast<std::size_t>(*attention.level)] : std::string_view("usual");
    if (attention.until) text += " " + std::to_string(to_unix_ms(*attention.until));
    text += "\n";
  }
  return text;
}

std::map<RoomId, RoomAttention> parse_room_attention(std::string_view text) {
  std::map<RoomId, RoomAttention> rooms;
  for (std::size_t line = 0; !text.empty() && line < kMostLines; ++line) {
    std::string_view rest = take_until(text, '\n');
    const auto room = whole_number(take_until(rest, ' '));
    if (!room || *room <= 0) continue;
    RoomAttention attention;
    const auto level = take_until(rest, ' ');
    for (std::size_t i = 0; i < kLevels.size(); ++i)
      if (level == kLevels[i]) attention.level = static_cast<RoomLevel>(i);
    if (const auto until = whole_number(rest); until && *until > 0 && *until < kYear10000)
      attention.until = from_unix_ms(*until);
    if (attention.level || attention.until) rooms[RoomId{*room}] = attention;
  }
  return rooms;
}

}  // namespace wardroom::client
