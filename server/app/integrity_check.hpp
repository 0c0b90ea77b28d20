#pragma once

#include <atomic>
#include <filesystem>
#include <mutex>
#include <thread>

#include "common/sqlite/connection.hpp"
#include "server/audit/record.hpp"
#include "server/store/writer.hpp"

namespace wardroom::app {

// Looks through the database and its audit log on a thread of its own, at the lowest priority, over a
// read-only connection, and records what came of it (server.integrity_checked). One check at a time. The
// writer outlives it.
class IntegrityCheck {
 public:
  IntegrityCheck(std::filesystem::path database, store::Writer& writer)
      : database_(std::move(database)), writer_(writer) {}
  // Ends a check that is under way; then nothing is recorded.
  ~IntegrityCheck() { stop(); }

  // Begins a check unless one is under way. One thread calls begin() and stop().
  void begin();
  void stop();

 private:
  void run();

  const std::filesystem::path database_;
  store::Writer& writer_;
  std::thread thread_;
  std::mutex mutex_;
  sqlite::Connection* checking_ = nullptr;  // while a check is under way
  std::atomic<bool> busy_{false};
  std::atomic<bool> stopping_{false};
};

// Checks an open database and puts the outcome into a record. Exposed for its test.
audit::Record check_integrity(sqlite::Connection& db);

}  // namespace wardroom::app
