#include "common/evidence/time_check.hpp"

#include <utility>

namespace wardroom::evidence {
namespace {

constexpr std::size_t kMostPlaces = 20;

}  // namespace

bool says_clock_was_set(const RecordLine& line) {
  return line.type == "server.clock_jump" || line.type == "server.clock_confirmed";
}

void TimeCheck::meet(std::int64_t idx, const RecordLine& line, LogReport& report) {
  const std::string before = std::exchange(before_, line.ts);
  if (line.ts >= before) return;
  if (!says_clock_was_set(line))
    return report.add(record_name(idx) + " bears an earlier time than the one before it: " + line.ts +
                      " after " + before + ".");
  ++set_back_;
  if (places_.size() < kMostPlaces)
    places_.push_back("the clock was set back at record " + std::to_string(idx) + " (" + line.type +
                      "): from " + before + " to " + line.ts);
}

void TimeCheck::report(LogReport& report) const {
  for (const auto& place : places_) report.confirmed.push_back(place);
  if (set_back_ > static_cast<std::int64_t>(places_.size()))
    report.confirmed.push_back("the clock was set back " + std::to_string(set_back_) + " times in all");
}

}  // namespace wardroom::evidence
