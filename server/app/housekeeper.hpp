#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "server/app/core.hpp"
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
// summaries of failures every minute, the audit heartbeat every ten minutes, the certificate and old devices
// every hour. Has a thread of its own; its parts outlive it.
class Housekeeper {
 public:
  struct Parts {
    Core& core;
    net::Server& net;
    ops::DataDir dir;
    std::vector<std::string> hosts;
    Watches& watches;
  };
  explicit Housekeeper(Parts parts) : parts_(std::move(parts)) {}
  ~Housekeeper() { stop(); }

  void start();
  void stop();

 private:
  void run_thread();
  void run_second(std::uint64_t second);
  void forget_devices();
  void renew_certificate();

  Parts parts_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace wardroom::app
