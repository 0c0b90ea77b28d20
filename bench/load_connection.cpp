#include "bench/load_connection.hpp"

#include <array>
#include <cassert>
#include <fcntl.h>
#include <unistd.h>

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

#include "protocol/limits.hpp"

namespace wardroom::bench {
namespace {

std::array<char, 64 * 1024> g_buffer;  // the one thread's: every connection reads into it in its turn

}  // namespace

void LoadConnection::Free::operator()(SSL* ssl) const {
  SSL_free(ssl);
}

LoadConnection::LoadConnection(std::size_t index, const Target& target, const ClientTls& tls,
                               LoadEvents& events, int socket)
    : index_(index),
      target_(target),
      tls_(tls),
      events_(events),
      socket_(socket),
      ssl_(tls.make_lean(socket)) {
  fcntl(socket, F_SETFL, fcntl(socket, F_GETFL) | O_NONBLOCK);
}

LoadConnection::~LoadConnection() {
  if (socket_ >= 0) ::close(socket_);
}

void LoadConnection::send_text(std::string_view text) {
  // The mask protects proxies from scripts in browsers (RFC 6455 section 10.3); a fixed one costs nothing
  // here.
  protocol::append_masked_frame(output_, protocol::Opcode::text, text, {0x5A, 0xA5, 0x3C, 0xC3});
}

void LoadConnection::abort() {
  state_ = State::closed;
  const linger at_once{1, 0};  // no TIME_WAIT: a rate test would run out of ports
  setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

void LoadConnection::fail(std::uint16_t code) {
  if (state_ == State::closed) return;
  state_ = State::closed;
  events_.on_closed(*this, code);
}

void LoadConnection::on_ready_io() {
  if (state_ == State::handshake) shake_hands();
  if (state_ == State::upgrade || state_ == State::open) read_all();
}

void LoadConnection::shake_hands() {
  ERR_clear_error();
  const int result = SSL_do_handshake(ssl_.get());
  if (result != 1) {
    const int error = SSL_get_error(ssl_.get(), result);
    if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE) fail(0);
    return;
  }
  if (!tls_.is_known(ssl_.get())) return fail(0);
  state_ = State::upgrade;
  output_ += "GET ";
  output_ += protocol::kWebSocketPath;
  output_ += " HTTP/1.1\r\nHost: " + target_.host +
             "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
             "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: ";
  output_ += protocol::kSubprotocol;
  output_ += "\r\n\r\n";
}

void LoadConnection::read_all() {
  for (;;) {
    std::size_t got = 0;
    ERR_clear_error();
    const int result = SSL_read_ex(ssl_.get(), g_buffer.data(), g_buffer.size(), &got);
    if (result != 1) {
      const int error = SSL_get_error(ssl_.get(), result);
      if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE) fail(0);
      return;
    }
    const auto bytes = std::span(g_buffer).first(got);
    state_ == State::upgrade ? take_upgrade(bytes) : take_frames(bytes);
    // What the socket still has, epoll tells again; what OpenSSL has, nobody would.
    if (state_ == State::closed || !SSL_has_pending(ssl_.get())) return;
  }
}

void LoadConnection::take_upgrade(std::span<char> bytes) {
  head_.append(bytes.data(), bytes.size());
  const auto end = head_.find("\r\n\r\n");
  if (end == std::string::npos) return;
  if (!head_.starts_with("HTTP/1.1 101 ")) return fail(0);
  std::string rest = head_.substr(end + 4);
  head_ = {};
  state_ = State::open;
  events_.on_open(*this);
  if (!rest.empty()) take_frames(rest);
}

void LoadConnection::take_frames(std::span<char> bytes) {
  using Kind = protocol::Decoded::Kind;
  while (state_ == State::open) {
    const auto found = decoder_.next(bytes);
    switch (found.kind) {
      case Kind::need_more:
        return;
      case Kind::text:
        events_.on_text(*this, found.payload);
        break;
      case Kind::ping:
        protocol::append_masked_frame(output_, protocol::Opcode::pong, found.payload, {1, 2, 3, 4});
        break;
      case Kind::pong:
        break;
      case Kind::close:
        return fail(found.close_code);
      case Kind::binary:
      case Kind::malformed:
      case Kind::too_large:
        return fail(1002);
    }
  }
}

bool LoadConnection::flush() {
  while (!output_.empty() && state_ != State::closed) {
    std::size_t written = 0;
    ERR_clear_error();
    const int result = SSL_write_ex(ssl_.get(), output_.data(), output_.size(), &written);
    if (result != 1) {
      const int error = SSL_get_error(ssl_.get(), result);
      if (error == SSL_ERROR_WANT_WRITE || error == SSL_ERROR_WANT_READ) return false;
      fail(0);
      return true;
    }
    output_.erase(0, written);
  }
  if (output_.empty() && output_.capacity() > 1024) output_ = {};
  return true;
}

}  // namespace wardroom::bench
