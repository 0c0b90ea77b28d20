#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "common/base/histogram.hpp"

namespace wardroom::app {

// Metrics in Prometheus' text format (version 0.0.4); every name begins with wardroom_.
class MetricsText {
 public:
  using Labels = std::initializer_list<std::pair<std::string_view, std::string_view>>;

  void gauge(std::string_view name, std::string_view help, double value, Labels labels = {}) {
    add(name, help, "gauge", value, labels);
  }
  void counter(std::string_view name, std::string_view help, double value) {
    add(name, help, "counter", value, {});
  }
  // In seconds.
  void histogram(std::string_view name, std::string_view help, const Histogram::Counts& counts);
  std::string take() { return std::move(text_); }

 private:
  void add(std::string_view name, std::string_view help, std::string_view type, double value, Labels labels);
  void begin(std::string_view name, std::string_view help, std::string_view type);
  std::string text_;
};

}  // namespace wardroom::app
