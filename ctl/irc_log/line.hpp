#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace wardroom::irc_log {

enum class LineKind {
  message,  // <nick> text
  action,   // * nick text, or === nick text
  event,    // joins, parts, quits, nick changes, modes, notices
  empty,
  unknown,
};

// One line of a log, taken apart; the views point into it. Bytes as they were: mend_text comes later.
struct Line {
  LineKind kind = LineKind::unknown;
  std::optional<std::chrono::minutes> time;  // of the day
  std::string_view author;
  std::string_view text;
};

Line parse_line(std::string_view line);

}  // namespace wardroom::irc_log
