#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "server/app/certificate_watch.hpp"
#include "server/app/core.hpp"
#include "server/app/figures.hpp"
#include "server/app/pulse.hpp"
#include "server/app/samples.hpp"
#include "server/net/server.hpp"
#include "server/ops/data_dir.hpp"

namespace wardroom::app {

// Appends one record of the server itself, as a change of its own. Any thread.
void submit_server_record(store::Writer& writer, audit::Type type, std::string reason = {},
                          audit::Outcome outcome = audit::Outcome::success);
void submit_server_record(store::Writer& writer, audit::Record record);

// Appends what was counted of failures and denials in minutes that are over; at the end all that was. Any
// thread.
void submit_summaries(Core& core, bool all);

class Watches;

// What happens by the clock: presence, the ends of mutes and bans and the log's signed head every second,
// summaries of failures and figures every minute, the audit heartbeat every ten minutes, the certificate and
// old devices every hour; the service's watchdog hears each second that the server is alive. Has a thread of
// its own; its parts outlive it.
class Housekeeper {
 public:
  struct Parts {
    Core& core;
    net::Server& net;
    ops::DataDir dir;
    Watches& watches;
    Figures& figures;
    ServedCertificates& certificates;
    std::function<std::string()> metrics;  // as /metrics
  };
  Housekeeper(Parts parts, Pulse pulse);
  ~Housekeeper() { stop(); }

  void start();
  void stop();
  // The certificate is another one. Any thread.
  void look_soon() { looks_soon_ = true; }

 private:
  void run_thread();
  void run_second(std::uint64_t second);
  void look_at_certificate();
  // The old authority, which is still shown, ends: from then on it would only shut people out.
  void end_rotation(TimePoint now);
  void measure();
  void keep_sample();

  Parts parts_;
  Pulse pulse_;
  Samples samples_;
  CertificateWatch certificate_;
  std::atomic<bool> looks_soon_{false};
  bool doubted_ = false;  // the machine's clock, a second ago
  std::uint64_t second_ = 0;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace wardroom::app
