#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <openssl/types.h>

#include "tests/unit/link/test_certificates.hpp"

namespace wardroom::link {

// One client at the test server, on that connection's thread.
class TestSession {
 public:
  TestSession(SSL* tls, std::atomic<std::size_t>& bytes) : tls_(tls), bytes_(bytes) {}

  // The HTTP upgrade. False when the client is gone.
  bool upgrade();
  // The next text; nothing when the client is gone or said goodbye.
  std::optional<std::string> read_text();
  void send_text(const std::string& text) { send_raw(frame(0x1, text)); }
  // Of HTTP without an upgrade: a request's head, with its blank line, and so many bytes behind it. Nothing
  // when the client is gone.
  std::optional<std::string> read_head();
  std::optional<std::string> read_body(std::size_t size);
  // False when the client is gone, as far as the socket knows.
  bool send_raw(const std::string& bytes);
  // A whole frame of the server's, for scripts that send it piece by piece.
  static std::string frame(unsigned opcode, const std::string& payload);
  void close(unsigned code);
  // The code of the client's goodbye.
  std::optional<unsigned> goodbye() const { return goodbye_; }

 private:
  bool read_exactly(std::string& out, std::size_t size);

  SSL* tls_;
  std::atomic<std::size_t>& bytes_;
  std::optional<unsigned> goodbye_;
};

// A server on 127.0.0.1 that does what a test's script says; each connection runs the script on a thread of
// its own. Blocking sockets and OpenSSL alone: none of the code under test.
class TestServer {
 public:
  using Script = std::function<void(TestSession&)>;
  struct Looks {
    Identity leaf;
    std::vector<Identity> shown;  // behind the leaf
    int max_tls = 0;              // 0: the newest
    bool speaks_tls = true;
  };

  TestServer(Looks looks, Script script);
  ~TestServer();

  std::uint16_t port() const { return port_; }
  int handshakes() const { return handshakes_; }
  // Of all connections, within TLS.
  std::size_t application_bytes() const { return bytes_; }
  // Waits until the server is done with `n` connections.
  void wait_for_ended(int n);

 private:
  void accept_all();
  void serve(int socket);

  const Looks looks_;
  const Script script_;
  int listener_;
  std::uint16_t port_ = 0;
  std::atomic<std::size_t> bytes_ = 0;
  std::atomic<int> handshakes_ = 0;
  std::atomic<int> ended_ = 0;
  std::mutex mutex_;
  std::vector<int> open_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
  std::thread acceptor_;
};

}  // namespace wardroom::link
