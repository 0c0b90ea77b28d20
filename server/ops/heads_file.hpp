#pragma once

#include <filesystem>
#include <memory>

#include "common/base/failing_since.hpp"
#include "common/sqlite/connection.hpp"
#include "server/ops/repeating_thread.hpp"

namespace wardroom::ops {

// Appends the log's newest signed head to a file elsewhere, once a minute when it has grown, and at the stop.
// Between two heads is an empty line; the last five lines are the newest. On a thread of its own: the file
// may lie on a disk that hangs.
class HeadsFile {
 public:
  HeadsFile(std::filesystem::path file, std::filesystem::path database,
            std::chrono::milliseconds pause = std::chrono::minutes{1});

  void start() { thread_.start(); }
  void stop() {
    thread_.stop();
    db_.reset();  // who closes the database last must be its writer
  }

  // Whether no head could be written for an hour. Any thread.
  bool is_late(SteadyPoint now = std::chrono::steady_clock::now()) const {
    return failing_.for_at_least(std::chrono::hours{1}, now);
  }

 private:
  void work();
  Result<void> append_newest();

  const std::filesystem::path file_;
  const std::filesystem::path database_;
  std::unique_ptr<sqlite::Connection> db_;
  std::int64_t written_ = 0;  // size of the last head in the file since the start
  bool told_ = false;
  FailingSince failing_;
  RepeatingThread thread_;
};

}  // namespace wardroom::ops
