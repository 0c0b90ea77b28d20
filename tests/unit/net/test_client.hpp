#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <openssl/types.h>

#include "protocol/websocket.hpp"

// A blocking TLS client on a socket of its own, which reads and writes exactly what a test says. Every read
// gives up after 20 s by failing, so that a broken promise ends a test instead of hanging it.
class TestClient {
 public:
  struct Versions {
    int least = 0;
    int most = 0;
  };
  // Connects to the loopback address; `handshakes` false leaves it at TCP.
  explicit TestClient(std::uint16_t port, bool handshakes = true);
  TestClient(std::uint16_t port, Versions versions);
  TestClient(TestClient&&) noexcept = default;
  ~TestClient();

  // From now on its system takes 64 KiB at most ahead of who reads, as on a slow line.
  void take_little();

  // For one that was left at TCP.
  bool handshake();
  bool is_open() const { return open_; }  // the handshake succeeded
  long peer_serial() const;               // of the server's certificate

  void send(std::string_view bytes);
  // Says that nothing more will be sent, and goes on reading.
  void finish_sending();
  // Sends below TLS: noise.
  void send_raw(std::string_view bytes);
  // Whatever comes next; empty at the end of the stream.
  std::string receive();
  // Everything up to and with `end`.
  std::string receive_until(std::string_view end);
  // One whole response with a Content-Length.
  std::string receive_response();
  // Reads until the server closes.
  std::string receive_all();

  // Upgrades to a WebSocket.
  bool upgrade();
  void send_text(std::string_view text);
  void send_frame(wardroom::protocol::Opcode opcode, std::string_view payload);
  struct Message {
    wardroom::protocol::Decoded::Kind kind =
        wardroom::protocol::Decoded::Kind::need_more;  // need_more: the end
    std::string payload;
    std::uint16_t close_code = 0;
    std::string reason;
  };
  Message receive_message();
  // Skips everything up to the close frame; 0 when the stream ends without one.
  std::uint16_t receive_close_code();

 private:
  struct Free {
    void operator()(SSL* ssl) const;
    void operator()(SSL_CTX* context) const;
  };
  struct Socket {
    int fd = -1;
    Socket() = default;
    Socket(Socket&& other) noexcept : fd(other.fd) { other.fd = -1; }
    ~Socket();
  };
  void connect_to(std::uint16_t port);

  Socket socket_;
  std::unique_ptr<SSL_CTX, Free> context_;
  std::unique_ptr<SSL, Free> ssl_;
  bool open_ = false;
  std::string input_;  // received, not yet taken
  std::string chunk_;  // the bytes that the decoder works on
  std::size_t taken_ = 0;
  wardroom::protocol::FrameDecoder decoder_{wardroom::protocol::Side::client, 1 << 24};
};
