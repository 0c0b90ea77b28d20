#pragma once

#include <optional>
#include <string>

#include <CLI/CLI.hpp>

#include "server/app/insight_commands.hpp"

namespace wardroom::app {

// The commands by which somebody looks into a server: metrics and diagnose.
class InsightArguments {
 public:
  explicit InsightArguments(CLI::App& program) {
    metrics_ =
        program.add_subcommand("metrics",
                               "Prints the running server's metrics, as Prometheus reads them.\n\nExample:\n"
                               "  wardroomd metrics --data /var/lib/wardroom\n");
    metrics_->add_option("--data", metrics_arguments_.data, "the directory that init made")->required();
    metrics_->add_flag("--token", metrics_arguments_.token,
                       "prints the token with which /metrics can be read from elsewhere");
    diagnose_ = program.add_subcommand(
        "diagnose",
        "Writes what somebody elsewhere needs to find out what is wrong, without messages, names and "
        "addresses.\n\nExample:\n  wardroomd diagnose --data /var/lib/wardroom --to "
        "/root/diagnosis.tar.gz\n");
    diagnose_->add_option("--data", diagnose_arguments_.data, "the directory that init made")->required();
    diagnose_->add_option("--to", diagnose_arguments_.to, "the file; replaced only by a whole one")
        ->required();
    diagnose_->add_flag("--with-names", diagnose_arguments_.with_names,
                        "with names of rooms and hosts, addresses, paths, and the logs as they are");
  }

  // The exit status, if it was one of these.
  std::optional<int> run() const {
    if (*metrics_) return run_metrics(metrics_arguments_);
    if (*diagnose_) return run_diagnose(diagnose_arguments_);
    return std::nullopt;
  }

 private:
  CLI::App* metrics_;
  CLI::App* diagnose_;
  MetricsArguments metrics_arguments_;
  DiagnoseArguments diagnose_arguments_;
};

}  // namespace wardroom::app
