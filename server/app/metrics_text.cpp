#include "server/app/metrics_text.hpp"

#include <fmt/format.h>

namespace wardroom::app {

void MetricsText::begin(std::string_view name, std::string_view help, std::string_view type) {
  text_ += fmt::format("# HELP wardroom_{0} {1}\n# TYPE wardroom_{0} {2}\n", name, help, type);
}

void MetricsText::add(std::string_view name, std::string_view help, std::string_view type, double value,
                      Labels labels) {
  begin(name, help, type);
  std::string set;
  for (const auto& [label, of] : labels)
    set += fmt::format("{}{}=\"{}\"", set.empty() ? "{" : ",", label, of);
  text_ += fmt::format("wardroom_{}{}{} {}\n", name, set, set.empty() ? "" : "}", value);
}

void MetricsText::histogram(std::string_view name, std::string_view help, const Histogram::Counts& counts) {
  begin(name, help, "histogram");
  std::uint64_t so_far = 0;
  for (std::size_t i = 0; i < counts.in_bucket.size(); ++i) {
    so_far += counts.in_bucket[i];
    const bool is_last = i == Histogram::kBounds.size();
    const std::string end =
        is_last ? "+Inf" : fmt::format("{}", static_cast<double>(Histogram::kBounds[i]) / 1e6);
    text_ += fmt::format("wardroom_{}_bucket{{le=\"{}\"}} {}\n", name, end, so_far);
  }
  text_ += fmt::format("wardroom_{0}_sum {1}\nwardroom_{0}_count {2}\n", name,
                       static_cast<double>(counts.sum_ns) / 1e9, so_far);
}

}  // namespace wardroom::app
