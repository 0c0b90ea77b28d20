#include "ctl/irc_log/log.hpp"

#include <algorithm>
#include <deque>
#include <unordered_map>

#include "common/base/bytes.hpp"
#include "common/base/utf8.hpp"
#include "common/base/uuid.hpp"
#include "ctl/irc_log/line.hpp"
#include "ctl/irc_log/repaired_text.hpp"
#include "ctl/irc_log/stamp.hpp"

namespace wardroom::irc_log {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kUnknownLinesNamed = 5;
constexpr std::string_view kDayForm = "dddd-dd-dd";
// Clocks are set back by a little; only midnight takes them back by much.
constexpr std::chrono::seconds kMidnightStep = 6h;
// HexChat's lines have no year: a month that goes back by more is next year's.
constexpr int kNewYearStep = 6;

// RFC 9562 section 5.8: a UUID of one's own making, here a hash.
std::string make_uuid(const std::string& text) {
  const auto digest = sha256({as_bytes(text)});
  Uuid uuid;
  std::copy_n(digest.begin(), uuid.bytes.size(), uuid.bytes.begin());
  uuid.bytes[6] = (uuid.bytes[6] & std::byte{0x0F}) | std::byte{0x80};
  uuid.bytes[8] = (uuid.bytes[8] & std::byte{0x3F}) | std::byte{0x80};
  return to_string(uuid);
}

// Makes the client_id of one message after the other.
class Identities {
 public:
  explicit Identities(std::string log) : log_(std::move(log)) {}

  std::string next(LocalTime time, std::string_view author, std::string_view text) {
    std::string place = "irc\n";
    if (before_.size() < kContext) place += "begins\n" + log_ + "\n";
    for (const auto& one : before_) place += one;
    const std::string self = std::to_string(time.time_since_epoch().count()) + "\n" + std::string(author) +
                             "\n" + std::to_string(text.size()) + "\n" + std::string(text) + "\n";
    place += self;
    // The same again after the same: somebody repeats themselves within a minute.
    std::string id = make_uuid(place);
    const auto times = ++seen_[id];
    before_.push_back(self);
    if (before_.size() > kContext) before_.pop_front();
    return times == 1 ? id : make_uuid(id + std::to_string(times));
  }

 private:
  const std::string log_;
  std::deque<std::string> before_;
  std::unordered_map<std::string, std::size_t> seen_;
};

// "2007-01-12-ubuntu.txt" and "2007-01-13-ubuntu.txt" are days of one log.
std::string without_day(std::string_view name) {
  for (std::size_t at = 0; at + kDayForm.size() <= name.size(); ++at)
    if (parse_day(name.substr(at, kDayForm.size())))
      return std::string(name.substr(0, at)) + std::string(name.substr(at + kDayForm.size()));
  return std::string(name);
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t") == std::string_view::npos;
}

// Parts of at most kMaxTextBytes, cut at a space where one stands in the last quarter.
std::vector<std::string> split_text(std::string_view text) {
  std::vector<std::string> parts;
  while (text.size() > kMaxTextBytes) {
    auto part = truncate_utf8(text, kMaxTextBytes);
    const auto space = part.find_last_of(' ');
    if (space != std::string_view::npos && space > kMaxTextBytes / 4 * 3) part = part.substr(0, space + 1);
    if (!is_blank(part)) parts.emplace_back(part);
    text.remove_prefix(part.size());
  }
  if (!is_blank(text)) parts.emplace_back(text);
  return parts;
}

// A message may hold tabs, a name may not.
std::string as_name(std::string text) {
  std::erase(text, '\t');
  text.resize(truncate_utf8(text, kMaxAuthorBytes).size());
  while (text.ends_with(' ')) text.pop_back();
  return text;
}

class Reader {
 public:
  Reader(const Reading& reading, std::optional<std::chrono::seconds> first)
      : zone_(reading.zone),
        day_(reading.day),
        time_(first.value_or(0s)),
        identities_(without_day(reading.name)) {}

  void read(std::string_view raw) {
    auto& counts = log_.counts;
    ++counts.lines;
    const Line line = parse_line(raw);
    turn_to(line);
    switch (line.kind) {
      case LineKind::event:
        ++counts.events;
        break;
      case LineKind::empty:
        ++counts.empty;
        break;
      case LineKind::unknown:
        skip_unknown();
        break;
      case LineKind::action:
      case LineKind::message:
        add(line);
        break;
    }
  }

  Log take() {
    auto& messages = log_.messages;
    for (std::size_t i = 0; i < std::min(messages.size(), kContext + 1); ++i)
      log_.places.push_back(messages[i].client_id);
    auto ids = head_ids(log_, messages.size());
    for (std::size_t i = 0; i < ids.size(); ++i) messages[i].client_id = std::move(ids[i]);
    return std::move(log_);
  }

 private:
  void turn_to(const Line& line) {
    if (!line.time) return;
    is_utc_ = line.is_utc;
    if (line.day) {
      day_ = line.day;
    } else if (line.month_day) {
      turn_to(*line.month_day);
    } else if (*line.time + kMidnightStep < time_) {
      if (day_) *day_ += std::chrono::days{1};
      ++log_.counts.midnights;
    }
    time_ = *line.time;
  }

  void turn_to(const std::chrono::month_day& day) {
    if (!day_) return;
    const std::chrono::year_month_day now(*day_);
    const int months_back = static_cast<int>(static_cast<unsigned>(now.month())) -
                            static_cast<int>(static_cast<unsigned>(day.month()));
    const auto year = months_back > kNewYearStep ? now.year() + std::chrono::years{1} : now.year();
    const std::chrono::year_month_day next = year / day.month() / day.day();
    if (next.ok()) day_ = std::chrono::sys_days(next);
  }

  void skip_unknown() {
    ++log_.counts.unknown;
    if (log_.unknown_lines.size() < kUnknownLinesNamed) log_.unknown_lines.push_back(log_.counts.lines);
  }

  void add(const Line& line) {
    auto& counts = log_.counts;
    const auto author = repair_text(line.author);
    auto text = repair_text(line.text);
    const auto name = as_name(author.text);
    if (name.empty()) return skip_unknown();
    if (is_blank(text.text)) {
      ++counts.empty;
      return;
    }
    if (line.kind == LineKind::action) {
      text.text = "/me " + text.text;
      ++counts.actions;
    }
    ++counts.said;
    counts.encoding += text.encoding || author.encoding;
    counts.controls += text.controls || author.controls;
    counts.untimed += !line.time;
    const auto parts = split_text(text.text);
    counts.split += parts.size() > 1;
    for (std::size_t i = 0; i < parts.size(); ++i)
      log_.messages.push_back({identities_.next(local_now(), name, parts[i]), name, next_time(), parts[i]});
    log_.needs_day = log_.needs_day || !day_;
  }

  LocalTime local_now() const {
    return LocalTime(day_.value_or(std::chrono::sys_days{}).time_since_epoch() + time_);
  }

  // Within a minute, and where clocks were set back, a millisecond keeps the order.
  TimePoint next_time() {
    const auto at = is_utc_ ? TimePoint(local_now().time_since_epoch()) : zone_.to_utc(local_now());
    last_ = std::max(at, last_ + 1ms);
    return last_;
  }

  const Zone zone_;
  std::optional<std::chrono::sys_days> day_;
  std::chrono::seconds time_;
  bool is_utc_ = false;
  Identities identities_;
  TimePoint last_ = TimePoint::min();
  Log log_;
};

template <class F>
void for_each_line(std::string_view bytes, F f) {
  while (!bytes.empty()) {
    const auto end = std::min(bytes.find('\n'), bytes.size());
    if (!f(bytes.substr(0, end))) return;
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
  }
}

std::optional<std::chrono::seconds> find_first_time(std::string_view bytes) {
  std::optional<std::chrono::seconds> first;
  for_each_line(bytes, [&first](std::string_view line) {
    const auto time = parse_line(line).time;
    if (time) first = time;
    return !time;
  });
  return first;
}

}  // namespace

Counts& Counts::operator+=(const Counts& other) {
  lines += other.lines;
  said += other.said;
  actions += other.actions;
  events += other.events;
  empty += other.empty;
  unknown += other.unknown;
  encoding += other.encoding;
  controls += other.controls;
  split += other.split;
  untimed += other.untimed;
  midnights += other.midnights;
  return *this;
}

Log parse_log(std::string_view bytes, const Reading& reading) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);  // a byte order mark
  Reader reader(reading, find_first_time(bytes));
  for_each_line(bytes, [&reader](std::string_view line) {
    reader.read(line);
    return true;
  });
  return reader.take();
}

// Two logs of one name may begin with the same greeting. What follows tells them apart, as far as there is
// any.
std::vector<std::string> head_ids(const Log& log, std::size_t length) {
  const auto known = std::min(length, log.places.size());
  std::string together;
  for (std::size_t i = 0; i < known; ++i) together += log.places[i] + "\n";
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < std::min(known, kContext); ++i)
    ids.push_back(make_uuid("head\n" + log.places[i] + "\n" + together));
  return ids;
}

std::optional<std::chrono::sys_days> find_day(std::string_view name) {
  for (std::size_t at = 0; at + kDayForm.size() <= name.size(); ++at)
    if (const auto day = parse_day(name.substr(at, kDayForm.size()))) return day;
  return std::nullopt;
}

}  // namespace wardroom::irc_log
