#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/clock.hpp"
#include "ctl/irc_log/zone.hpp"

// An IRC log as messages that can be imported. Pure: bytes in, values out, whatever the bytes are.
namespace wardroom::irc_log {

inline constexpr std::size_t kMaxTextBytes = 16 * 1024;  // of a message on the wire
inline constexpr std::size_t kMaxAuthorBytes = 128;

// How many messages before it tell a message from an equal one elsewhere. The first few of a log have fewer:
// the log's name and what stands around them stand in for those.
inline constexpr std::size_t kContext = 3;

struct Message {
  // The same for the same message of the same conversation, whatever came to the log or was cut off its
  // front, and whichever zone it is read in. Of the first kContext messages: of the log of the same name that
  // begins with the same kContext + 1, or had no more than those yet.
  std::string client_id;
  std::string author;
  TimePoint at;
  std::string text;
};

// What happened to the lines of a file. Every line is counted once in messages + events + empty + unknown;
// the others say what was done on the way.
struct Counts {
  std::size_t lines = 0;
  std::size_t said = 0;  // lines that became messages, actions among them
  std::size_t actions = 0;
  std::size_t events = 0;     // skipped: joins, parts, quits, nick changes, modes
  std::size_t empty = 0;      // skipped: nothing was said
  std::size_t unknown = 0;    // skipped: of no known form
  std::size_t encoding = 0;   // repaired: read as Windows-1252
  std::size_t controls = 0;   // repaired: control characters removed
  std::size_t split = 0;      // repaired: longer than a message may be
  std::size_t untimed = 0;    // repaired: took the time of the line before
  std::size_t midnights = 0;  // times went back, so the day advanced

  Counts& operator+=(const Counts& other);
};

struct Log {
  std::vector<Message> messages;  // in the file's order; times strictly ascending
  Counts counts;
  bool needs_day = false;                  // neither the caller nor the log said which day a message is of
  std::vector<std::size_t> unknown_lines;  // numbers, from 1, of the first few
  std::vector<std::string> places;         // of the first kContext + 1 messages: what makes their ids
};

struct Reading {
  std::optional<std::chrono::sys_days> day;  // that the log begins on, where its lines don't say it
  Zone zone = utc();                         // of its clock
  std::string name;                          // which log this is: its file's name
};
// Lines of one minute, or second, are a millisecond apart, and a time that goes back by more than six hours
// begins the next day.
Log parse_log(std::string_view bytes, const Reading& reading);

// The ids that the first messages, at most kContext, had when there were only `length` of them.
std::vector<std::string> head_ids(const Log& log, std::size_t length);

// The first YYYY-MM-DD in a file's name that is a day of the calendar.
std::optional<std::chrono::sys_days> find_day(std::string_view name);

}  // namespace wardroom::irc_log
