#pragma once

#include <string>

// What looks into a server without changing it. Each prints what it did and returns the exit status.
namespace wardroom::app {

struct MetricsArguments {
  std::string data;
  bool token = false;  // instead of the metrics
};
int run_metrics(const MetricsArguments& arguments);

struct DiagnoseArguments {
  std::string data, to;
  bool with_names = false;
};
int run_diagnose(const DiagnoseArguments& arguments);

}  // namespace wardroom::app
