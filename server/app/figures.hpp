#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>
#include <utility>

namespace wardroom::app {

// A text that one thread sets and others read. Any thread.
class SharedText {
 public:
  void set(std::string text) {
    const std::lock_guard lock(mutex_);
    text_ = std::move(text);
  }
  std::string get() const {
    const std::lock_guard lock(mutex_);
    return text_;
  }

 private:
  mutable std::mutex mutex_;
  std::string text_;
};

// Copies of the audit log elsewhere that have failed for an hour.
struct LateCopies {
  bool syslog = false;
  bool heads_file = false;
};

// What is looked up now and then, for /metrics and /readyz, which are answered on network threads and so look
// at no disk. Times are Unix milliseconds; 0: not known, or never. Any thread.
struct Figures {
  const std::chrono::steady_clock::time_point began = std::chrono::steady_clock::now();  // the server
  std::atomic<std::int64_t> certificate_ends{0};    // what is served: ops::ServedChain::first_to_end
  SharedText certificate_between;                   // its name, where it isn't the server's own
  std::atomic<bool> certificate_not_served{false};  // the file holds another one
  std::atomic<bool> certificate_renews{false};      // the authority's key is here
  std::atomic<std::int64_t> authority_ends{0};      // or of what is shown with it: ops::ends_of()
  std::atomic<int> rotation_phase{0};               // ops::RotationPhase
  std::atomic<std::int64_t> backup_verified{0};     // the newest one
  std::atomic<bool> backup_failed{false};           // the last one that was tried
  std::atomic<bool> recheck_failed{false};          // a backup from before was found bad
  std::atomic<std::uint64_t> free_bytes{0};
  std::atomic<bool> disk_low{false};  // less than should be: store.disk_low_percent
  std::atomic<std::uint64_t> database_bytes{0};
  std::atomic<std::uint64_t> wal_bytes{0};
};

}  // namespace wardroom::app
