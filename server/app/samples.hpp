#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "common/base/clock.hpp"
#include "common/base/result.hpp"
#include "server/ops/data_dir.hpp"

namespace wardroom::app {

std::filesystem::path samples_file(const ops::DataDir& dir);

// The server's metrics a line a minute, for `wardroomd diagnose`: an office without Prometheus can so say
// what was the night before. Two files of a megabyte at most, days together; the older one ends in .old. The
// housekeeper's thread.
class Samples {
 public:
  explicit Samples(std::filesystem::path file) : file_(std::move(file)) {}

  // `metrics` as in /metrics; of histograms the sum and the count are kept. What can't be written is left
  // out: a full disk has other worries.
  Result<void> add(std::string_view metrics, TimePoint now);

 private:
  Result<void> begin(const std::string& header);

  std::filesystem::path file_;
  std::string header_;  // of the file that is being written; empty: not looked at yet
};

// Both files as one table. `unavailable` when there is none.
Result<std::string> read_samples(const std::filesystem::path& file);

}  // namespace wardroom::app
