#include "bench/report.hpp"

#include <cstdio>

namespace wardroom::bench {

void print(std::string_view name, double value, int decimals) {
  std::printf("%-36.*s %.*f\n", static_cast<int>(name.size()), name.data(), decimals, value);
  std::fflush(stdout);
}

void print(std::string_view name, const Latency& latency) {
  std::printf("%-36.*s p50 %.2f  p99 %.2f  p99.9 %.2f\n", static_cast<int>(name.size()), name.data(),
              latency.at(0.5), latency.at(0.99), latency.at(0.999));
}

void print(const Faults& faults) {
  std::printf("%-36s gaps %lu, duplicates %lu, missing %lu, mismatches %lu, refused %lu, closed %lu\n",
              "faults", faults.gaps, faults.duplicates, faults.missing, faults.mismatches, faults.refused,
              faults.closed);
  std::fflush(stdout);
}

}  // namespace wardroom::bench
