#pragma once

#include <atomic>
#include <filesystem>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

struct ssl_ctx_st;

namespace wardroom::testing {

// A syslog collector for tests: TLS on a port of the loopback, octet counting (RFC 5425), one sender at a
// time.
class Collector {
 public:
  Collector(const std::filesystem::path& certificate, const std::filesystem::path& key,
            const char* address = "127.0.0.1");
  ~Collector();

  int port() const { return port_; }
  std::vector<std::string> messages() const;
  // Hangs up after so many messages of each connection; 0: never.
  void hang_up_after(int messages) { patience_ = messages; }
  std::string error() const;

 private:
  void serve();
  void read_from(int fd);
  // Takes whole messages off the beginning; whether the bytes are well-formed.
  bool take(std::string& bytes, int& count);

  ssl_ctx_st* context_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<int> patience_{0};
  std::atomic<int> connection_{-1};
  std::atomic<bool> stopping_{false};
  mutable std::mutex mutex_;
  std::vector<std::string> messages_;
  std::string error_;
  std::thread thread_;
};

}  // namespace wardroom::testing
