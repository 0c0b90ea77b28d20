#pragma once

#include <memory>

#include "common/sqlite/connection.hpp"
#include "common/tlog/checkpoint.hpp"
#include "server/audit/head_state.hpp"
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
  // Any thread.
  audit::HeadTrouble trouble() const { return state_.trouble(); }

 private:
  void work();
  Result<void> save_newest();

  const DataDir dir_;
  std::unique_ptr<sqlite::Connection> db_;
  std::int64_t kept_ = 0;  // records under the head in the file
  bool told_ = false;
  audit::HeadState state_;
  RepeatingThread thread_;
};

// The file's note; nothing: there is no file.
Result<std::optional<std::string>> load_kept_head(const DataDir& dir);
Result<void> keep_head(const DataDir& dir, const std::string& note);

// How a database doesn't go with the head in the file.
struct HeadMismatch {
  enum class Kind {
    missing,     // an office that has a key, or was served, has no such file
    unreadable,  // the file isn't a head
    shorter,     // the log ends before the head
    differs,     // other records are under the head
  };
  Kind kind = Kind::missing;
  std::optional<tlog::Checkpoint> kept;  // nothing: missing or unreadable
  tlog::Checkpoint found;                // the log as it is
};
// Nothing: the log extends the head, or the office was never served. The proof is computed from the tree in
// the database, whatever heads the database has. The error: the head is another office's.
Result<std::optional<HeadMismatch>> compare_kept_head(sqlite::Connection& db, const DataDir& dir);

}  // namespace wardroom::ops
