#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "server/app/figures.hpp"
#include "server/app/served_certificates.hpp"
#include "server/audit/record.hpp"
#include "server/ops/data_dir.hpp"
#include "server/ops/host_name.hpp"
#include "server/ops/served_chain.hpp"

namespace wardroom::app {

// The hourly look at the certificate that is served: renews it when it is due, serves again what couldn't be
// served, and says what a person must know. Housekeeper's thread.
class CertificateWatch {
 public:
  struct Parts {
    ops::DataDir dir;
    ServedCertificates& certificates;
    Figures& figures;
    std::function<std::vector<ops::HostName>()> hosts;  // that are served now
    std::function<void(audit::Record)> append;
  };
  explicit CertificateWatch(Parts parts) : parts_(std::move(parts)) {}

  // `up`: how long the server has been, by which a line is written each day.
  void look(TimePoint now, std::chrono::seconds up);

 private:
  // Whether it was renewed, or is served now after all, or the error; nothing when there was nothing to do.
  std::optional<Result<void>> renew(TimePoint now);
  Result<void> serve_again(TimePoint now);
  void show(const ops::ServedChain& served);
  void tell_not_served(const std::string& why);
  void tell_expiry(const ops::CertificateInfo& info, TimePoint now, std::chrono::seconds up,
                   const std::string& why);

  const Parts parts_;
  bool told_not_served_ = false;
  std::optional<int> told_alarm_;   // days
  std::chrono::seconds told_at_{};  // of the running server
};

}  // namespace wardroom::app
