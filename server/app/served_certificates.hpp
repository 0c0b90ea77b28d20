#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "server/audit/record.hpp"
#include "server/commands/admin/certificates.hpp"
#include "server/ops/data_dir.hpp"

namespace wardroom::app {

// What administrators see of the data directory's certificates, and do to them. Any thread but a network's.
class ServedCertificates final : public commands::Certificates {
 public:
  using Hosts = std::function<std::vector<std::string>()>;
  using Serve = std::function<Result<void>()>;
  using Shown = std::function<std::string()>;
  // `hosts`: that are served now. `serve`: takes up what the files hold. `shown`: what clients are shown
  // since then, in PEM form. What they refer to outlives it.
  ServedCertificates(ops::DataDir dir, Hosts hosts, Serve serve, Shown shown)
      : dir_(std::move(dir)), hosts_(std::move(hosts)), serve_(std::move(serve)), shown_(std::move(shown)) {}

  Result<protocol::CertificateState> load(TimePoint now) const override;
  Result<protocol::CertificateState> renew(TimePoint now) override;
  Result<protocol::CertificateState> replace(const std::string& pem, TimePoint now) override;

  // Changes keys and certificates, or takes up what the files hold, while nothing else does: a reload, a
  // renewal by itself and an administrator's may come at the same moment, and would write the same file.
  // `act` asks nothing here and no ServedSettings, which call this while they are locked.
  Result<void> change(const std::function<Result<void>()>& act) {
    const std::lock_guard lock(changing_);
    return act();
  }
  // For `act`: what the files hold is served from the next connection on. On an error the one of before goes
  // on, and is_waiting() until it is served after all.
  Result<void> serve() {
    auto served = serve_();
    waiting_ = !served;
    return served;
  }
  bool is_waiting() const { return waiting_; }
  std::string shown() const { return shown_(); }

 private:
  const ops::DataDir dir_;
  const Hosts hosts_;
  const Serve serve_;
  const Shown shown_;
  std::atomic<bool> waiting_{false};
  std::mutex changing_;
};

// That the server renewed its certificate by itself, or for a host: which one is served from now on.
audit::Record certificate_record(const ops::DataDir& dir);

}  // namespace wardroom::app
