#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "common/base/result.hpp"

struct ssl_st;
struct ssl_ctx_st;

namespace wardroom::ops {

// A TLS connection (1.2 or later, as collectors have it) that only sends. Blocking, each step 5 s at most;
// used by one thread.
class TlsSender {
 public:
  struct Peer {
    std::string host;  // must be a name or an address of the certificate
    std::string port;
    std::filesystem::path ca_file;  // PEM: who may have signed it
  };
  static Result<std::unique_ptr<TlsSender>> connect(const Peer& peer);
  ~TlsSender();
  TlsSender(const TlsSender&) = delete;
  TlsSender& operator=(const TlsSender&) = delete;

  Result<void> send(std::string_view bytes);
  // Waits until the peer's machine has acknowledged everything that was sent.
  Result<void> wait_until_received();

 private:
  TlsSender() = default;
  Result<void> open_socket(const Peer& peer);
  Result<void> shake_hands(const Peer& peer);
  Result<void> check_open();

  int fd_ = -1;
  ssl_ctx_st* context_ = nullptr;
  ssl_st* ssl_ = nullptr;
};

}  // namespace wardroom::ops
