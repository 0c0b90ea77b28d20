#include "common/evidence/cosigned_times.hpp"

#include <algorithm>
#include <utility>

#include "common/evidence/time_check.hpp"

namespace wardroom::evidence {
namespace {

constexpr std::int64_t kClocksDiffer = 300;
// The last second that RFC 3339 can write. A device may sign any number.
constexpr std::int64_t kLastSecond = 253'402'300'799;

// The devices' clocks are read to the second, and so are the records'.
std::string to_second(std::string_view ts) {
  return std::string(ts.substr(0, std::string_view("2026-11-20T09:14:06").size()));
}

std::string at_second(std::int64_t seconds) {
  return to_rfc3339(TimePoint(std::chrono::seconds(std::clamp<std::int64_t>(seconds, 0, kLastSecond))));
}

std::string name_of_doubt(const std::string& name, std::int64_t size, const std::string& at) {
  return "The device " + name + " cosigned the first " + std::to_string(size) + " records at " + at +
         ", and one ";
}

}  // namespace

void CosignedTimes::meet(std::string_view ts, std::string_view type, LogReport& report) {
  const std::string second = to_second(ts);
  const std::string before = std::exchange(last_, second);
  if (says_clock_was_set(type)) {
    was_set_back_ = second < before;
    if (was_set_back_) {
      latest_.clear();
      behind_.clear();
    }
  }
  latest_ = std::max(latest_, second);
  while (!behind_.empty() && second < std::prev(behind_.end())->first) {
    const Voucher& told = std::prev(behind_.end())->second;
    report.doubt(name_of_doubt(told.name, told.size, told.at) + "behind these bears an earlier one, " +
                 std::string(ts) + ": one of the two clocks was wrong.");
    behind_.erase(std::prev(behind_.end()));
  }
}

void CosignedTimes::vouch(const std::string& name, std::int64_t size, const tlog::Cosignature& cosignature,
                          LogReport& report) {
  const auto seconds = std::clamp<std::int64_t>(cosignature.seconds, 0, kLastSecond);
  const std::string at = at_second(seconds);
  if (latest_ > to_second(at_second(seconds + kClocksDiffer)))
    report.doubt(name_of_doubt(name, size, at) + "among these bears a later one, " + latest_ +
                 "Z: one of the two clocks was wrong.");
  const std::string earliest = to_second(at_second(seconds - kClocksDiffer));
  // The server's clock is behind, as its record says: until it is set again, its times say nothing.
  if (was_set_back_ && last_ < earliest) return;
  behind_.emplace(earliest, Voucher{name, size, at});
}

std::vector<std::string> compare_times(const std::vector<RecordTime>& records,
                                       std::vector<WitnessEntry> cosigned) {
  std::ranges::stable_sort(cosigned, {}, [](const WitnessEntry& entry) { return entry.cosigned->size; });
  CosignedTimes check;
  LogReport told;
  auto next = cosigned.begin();
  for (const auto& [idx, ts, type] : records) {
    for (; next != cosigned.end() && next->cosigned->size <= idx; ++next)
      check.vouch(next->key.name(), next->cosigned->size, next->cosigned->cosignature, told);
    check.meet(ts, type, told);
  }
  for (; next != cosigned.end(); ++next)
    check.vouch(next->key.name(), next->cosigned->size, next->cosigned->cosignature, told);
  return told.doubts;
}

}  // namespace wardroom::evidence
