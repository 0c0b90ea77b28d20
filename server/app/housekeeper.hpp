#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "common/base/clock.hpp"
#include "server/audit/failure_log.hpp"
#include "server/commands/moderation/sanction_ends.hpp"
#include "server/net/server.hpp"
#include "server/ops/data_dir.hpp"
#include "server/realtime/hub.hpp"
#include "server/realtime/presence_board.hpp"
#include "server/store/writer.hpp"

namespace wardroom::app {

// Appends one record of the server itself, as a change of its own. Any thread.
void submit_server_record(store::Writer& writer, audit::Type type, std::string reason = {},
                          audit::Outcome outcome = audit::Outcome::success);
void submit_server_record(store::Writer& writer, audit::Record record);

class Watches;

// What happens by the clock: presence, the ends of mutes and bans and the log's signed head every second,
// summaries of failures every minute, the audit heartbeat every ten minutes, the certificate and old devices
// every hour. Has a thread of its own; its parts outlive it.
class Housekeeper {
 public:
  struct Parts {
    const Clock& clock;
    store::Writer& writer;
    realtime::Hub& hub;
    realtime::PresenceBoard& presence;
    audit::FailureLog& failures;
    net::Server& net;
    ops::DataDir dir;
    std::vector<std::string> hosts;
    commands::Services& services;
    commands::GroupBatch& batch;
    Watches& watches;
  };
  explicit Housekeeper(Parts parts) : parts_(std::move(parts)) {}
  ~Housekeeper() { stop(); }

  void start();
  void stop();

 private:
  void run_thread();
  void run_second(std::uint64_t second);
  void publish_presence();
  void flush_failures();
  void forget_devices();
  void renew_certificate();

  Parts parts_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace wardroom::app
