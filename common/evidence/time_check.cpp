#include "common/evidence/time_check.hpp"

#include <utility>

namespace wardroom::evidence {
namespace {

constexpr std::size_t kMostPlaces = 20;

}  // namespace

bool says_clock_was_set(std::string_view type) {
  return type == "server.clock_jump" || type == "server.clock_confirmed";
}

void TimeCheck::meet(std::int64_t idx, std::string_view ts, std::string_view type, LogReport& report) {
  const std::string before = std::exchange(before_, std::string(ts));
  const bool is_after_gap = std::exchange(is_after_gap_, false);
  if (ts >= before) return;
  const std::string fell = record_name(idx) +
                           " bears an earlier time than the one before it: " + std::string(ts) + " after " +
                           before + ".";
  if (!says_clock_was_set(type) && is_after_gap)
    return report.doubt(fell + " Records between them were pruned; one of them may have said why.");
  if (!says_clock_was_set(type)) return report.add(fell);
  ++set_back_;
  if (places_.size() < kMostPlaces)
    places_.push_back("the clock was set back at record " + std::to_string(idx) + " (" + std::string(type) +
                      "): from " + before + " to " + std::string(ts));
}

void TimeCheck::report(LogReport& report) const {
  for (const auto& place : places_) report.confirmed.push_back(place);
  if (set_back_ > static_cast<std::int64_t>(places_.size()))
    report.confirmed.push_back("the clock was set back " + std::to_string(set_back_) + " times in all");
}

}  // namespace wardroom::evidence
