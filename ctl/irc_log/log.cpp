#include "ctl/irc_log/log.hpp"

#include <algorithm>

#include "common/base/bytes.hpp"
#include "common/base/utf8.hpp"
#include "common/base/uuid.hpp"
#include "ctl/irc_log/line.hpp"
#include "ctl/irc_log/mended_text.hpp"

namespace wardroom::irc_log {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kUnknownLinesNamed = 5;
// Clocks are set back by a little; only midnight takes them back by much.
constexpr std::chrono::minutes kMidnightStep = 6h;

// RFC 9562 section 5.8: a UUID of one's own making, here a hash.
std::string make_client_id(std::chrono::sys_days day, std::size_t line, std::size_t part,
                           std::string_view raw) {
  const std::string place = "irc\n" + std::to_string(day.time_since_epoch().count()) + "\n" +
                            std::to_string(line) + "\n" + std::to_string(part) + "\n";
  const auto digest = sha256({as_bytes(place), as_bytes(raw)});
  Uuid uuid;
  std::copy_n(digest.begin(), uuid.bytes.size(), uuid.bytes.begin());
  uuid.bytes[6] = (uuid.bytes[6] & std::byte{0x0F}) | std::byte{0x80};
  uuid.bytes[8] = (uuid.bytes[8] & std::byte{0x3F}) | std::byte{0x80};
  return to_string(uuid);
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
  Reader(std::chrono::sys_days day, std::chrono::minutes first)
      : first_day_(day), day_(day), minute_(first) {}

  void read(std::string_view raw) {
    auto& counts = log_.counts;
    ++counts.lines;
    const Line line = parse_line(raw);
    if (line.time) turn_to(*line.time);
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
        add(line, raw);
        break;
    }
  }

  Log take() { return std::move(log_); }

 private:
  void turn_to(std::chrono::minutes time) {
    if (time + kMidnightStep < minute_) {
      day_ += std::chrono::days{1};
      ++log_.counts.midnights;
    }
    minute_ = time;
  }

  void skip_unknown() {
    ++log_.counts.unknown;
    if (log_.unknown_lines.size() < kUnknownLinesNamed) log_.unknown_lines.push_back(log_.counts.lines);
  }

  void add(const Line& line, std::string_view raw) {
    auto& counts = log_.counts;
    const auto author = mend_text(line.author);
    auto text = mend_text(line.text);
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
      log_.messages.push_back(
          {make_client_id(first_day_, counts.lines, i, raw), name, next_time(), parts[i]});
  }

  // Within a minute, and where clocks were set back, a millisecond keeps the order.
  TimePoint next_time() {
    last_ = std::max(TimePoint(day_ + minute_), last_ + 1ms);
    return last_;
  }

  const std::chrono::sys_days first_day_;
  std::chrono::sys_days day_;
  std::chrono::minutes minute_;
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

std::chrono::minutes find_first_time(std::string_view bytes) {
  std::chrono::minutes first{0};
  for_each_line(bytes, [&first](std::string_view line) {
    const auto time = parse_line(line).time;
    if (time) first = *time;
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

Log parse_log(std::string_view bytes, std::chrono::sys_days day) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);  // a byte order mark
  Reader reader(day, find_first_time(bytes));
  for_each_line(bytes, [&reader](std::string_view line) {
    reader.read(line);
    return true;
  });
  return reader.take();
}

std::optional<std::chrono::sys_days> find_day(std::string_view name) {
  constexpr std::string_view kForm = "dddd-dd-dd";
  for (std::size_t at = 0; at + kForm.size() <= name.size(); ++at) {
    const auto text = name.substr(at, kForm.size());
    const bool fits = std::ranges::equal(
        text, kForm, [](char c, char form) { return form == 'd' ? c >= '0' && c <= '9' : c == form; });
    if (!fits) continue;
    const auto number = [text](std::size_t from, std::size_t size) {
      return std::stoi(std::string(text.substr(from, size)));
    };
    const std::chrono::year_month_day day{std::chrono::year{number(0, 4)},
                                          std::chrono::month(static_cast<unsigned>(number(5, 2))),
                                          std::chrono::day(static_cast<unsigned>(number(8, 2)))};
    if (day.ok()) return std::chrono::sys_days(day);
  }
  return std::nullopt;
}

}  // namespace wardroom::irc_log
