#pragma once

#include <memory>

#include "common/sqlite/connection.hpp"
#include "server/ops/data_dir.hpp"
#include "server/ops/repeating_thread.hpp"

namespace wardroom::ops {

// Keeps the log's newest signed head in the file keys/newest-head, so that a start knows from outside the
// database how far the log was. Looks each second and at the stop, on a thread of its own.
class KeptHead {
 public:
  explicit KeptHead(DataDir dir);

  void start() { thread_.start(); }
  void stop() {
    thread_.stop();
    db_.reset();  // who closes the database last must be its writer
  }

 private:
  void work();
  Result<void> save_newest();

  const DataDir dir_;
  std::unique_ptr<sqlite::Connection> db_;
  std::int64_t kept_ = 0;  // records under the head in the file
  bool told_ = false;
  RepeatingThread thread_;
};

// What a database must hold, as the file says.
struct Shortfall {
  std::int64_t kept = 0;   // records that were signed
  std::int64_t found = 0;  // records that are there
};
// Nothing: the database holds the head, or none was kept yet. The error: the head can't be believed, or the
// records under it are others.
Result<std::optional<Shortfall>> find_shortfall(sqlite::Connection& db, const DataDir& dir);

}  // namespace wardroom::ops
