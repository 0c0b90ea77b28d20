#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace wardroom::irc_log {

enum class LineKind {
  message,  // <nick> text
  action,   // * nick text, or === nick text
  event,    // joins, parts, quits, nick changes, modes, notices, and what a program says of its log
  empty,
  unknown,
};

// One line of a log, taken apart; the views point into it. Bytes as they were: repair_text comes later.
struct Line {
  LineKind kind = LineKind::unknown;
  std::optional<std::chrono::seconds> time;         // of the day
  std::optional<std::chrono::month_day> month_day;  // where the line says it (HexChat)
  std::optional<std::chrono::sys_days> day;         // where it says the year, too
  bool is_utc = false;                              // it says that its time is UTC
  std::string_view author;
  std::string_view text;
};

// A line as irssi, WeeChat, HexChat and mIRC write it when nobody changed their settings, or the logs of
// irclogs.ubuntu.com.
Line parse_line(std::string_view line);

}  // namespace wardroom::irc_log
