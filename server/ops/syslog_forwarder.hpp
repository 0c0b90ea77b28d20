#pragma once

#include <memory>
#include <optional>

#include "common/base/failing_since.hpp"
#include "common/sqlite/connection.hpp"
#include "server/ops/repeating_thread.hpp"
#include "server/ops/tls_sender.hpp"
#include "server/store/writer.hpp"

namespace wardroom::ops {

// Sends every audit record to a syslog collector, RFC 5424 over TLS with octet counting (RFC 5425), and the
// log's signed head once a minute when it has grown. Reads the database by index on a thread of its own and
// keeps in `meta` how far the collector's machine has acknowledged: after a break or a crash it goes on
// there, so a record may come twice and none is left out. The writer outlives it.
class SyslogForwarder {
 public:
  struct Settings {
    TlsSender::Peer collector;
    std::string own_name;  // how this server is called in the messages
    std::chrono::milliseconds pause{1000};
  };
  SyslogForwarder(Settings settings, std::filesystem::path database, store::Writer& writer);

  void start() { thread_.start(); }
  // Sends what is there once more, if it is connected. After the writer has stopped or before.
  void stop() {
    thread_.stop();
    db_.reset();  // who closes the database last must be its writer
  }

  // Whether nothing has got through for an hour. Any thread.
  bool is_late(SteadyPoint now = std::chrono::steady_clock::now()) const {
    return failing_.for_at_least(std::chrono::hours{1}, now);
  }

 private:
  void work(bool last);
  Result<void> open();
  Result<void> send_new(bool last);
  Result<bool> send_batch();
  Result<void> send_head(bool last);
  void keep(const char* key, std::int64_t value);

  const Settings settings_;
  const std::filesystem::path database_;
  store::Writer& writer_;
  std::unique_ptr<sqlite::Connection> db_;
  std::unique_ptr<TlsSender> sender_;
  std::int64_t next_ = 0;  // index of the first record that wasn't acknowledged
  std::int64_t head_ = 0;  // size of the newest head that was
  std::optional<std::chrono::steady_clock::time_point> head_sent_;
  bool told_ = false;  // that it doesn't get through
  FailingSince failing_;
  RepeatingThread thread_;
};

}  // namespace wardroom::ops
