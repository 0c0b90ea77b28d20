#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "common/base/result.hpp"

namespace wardroom::app {

// Questions to the running server from its own machine and its own account: one line in, one line out. A
// thread of its own answers one after the other; a caller that says nothing for 5 s or more than 4 KiB is let
// go of. The socket is its owner's alone (0600).
class LocalSocket {
 public:
  using Answer = std::function<std::string(const std::string& line)>;
  // Replaces a socket that a crash left: whoever opens one holds the directory's lock.
  static Result<std::unique_ptr<LocalSocket>> open(const std::filesystem::path& path, Answer answer);
  ~LocalSocket() { stop(); }
  LocalSocket(const LocalSocket&) = delete;
  LocalSocket& operator=(const LocalSocket&) = delete;

  // Finishes the answer that is being given. Idempotent.
  void stop();

 private:
  LocalSocket(std::filesystem::path path, int fd, Answer answer);
  void run_thread();

  const std::filesystem::path path_;
  const int fd_;
  const Answer answer_;
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

// Asks the server that has this socket and waits for its answer, however long it takes.
Result<std::string> ask_local(const std::filesystem::path& path, const std::string& line);

}  // namespace wardroom::app
