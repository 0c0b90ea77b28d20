#include "tests/unit/net/test_client.hpp"

#include <array>
#include <csignal>
#include <stdexcept>
#include <unistd.h>
#include <utility>

#include <arpa/inet.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <sys/socket.h>

using wardroom::protocol::Decoded;
using wardroom::protocol::Opcode;

void TestClient::Free::operator()(SSL* ssl) const {
  SSL_free(ssl);
}
void TestClient::Free::operator()(SSL_CTX* context) const {
  SSL_CTX_free(context);
}

TestClient::Socket::~Socket() {
  if (fd >= 0) ::close(fd);
}

TestClient::TestClient(std::uint16_t port, bool handshakes) {
  connect_to(port);
  if (handshakes) open_ = SSL_connect(ssl_.get()) == 1;
}

TestClient::TestClient(std::uint16_t port, Versions versions) {
  connect_to(port);
  SSL_set_min_proto_version(ssl_.get(), versions.least);
  SSL_set_max_proto_version(ssl_.get(), versions.most);
  open_ = SSL_connect(ssl_.get()) == 1;
}

TestClient::~TestClient() = default;

bool TestClient::handshake() {
  return open_ = SSL_connect(ssl_.get()) == 1;
}

void TestClient::take_little() {
  const int bytes = 64 * 1024;
  ::setsockopt(socket_.fd, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
}

void TestClient::connect_to(std::uint16_t port) {
  std::signal(SIGPIPE,
              SIG_IGN);  // OpenSSL writes with write(2); a server that has hung up is part of the tests
  socket_.fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const timeval patience{20, 0};
  setsockopt(socket_.fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket_.fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    throw std::runtime_error("the server doesn't accept");
  context_.reset(SSL_CTX_new(TLS_client_method()));
  ssl_.reset(SSL_new(context_.get()));
  SSL_set_fd(ssl_.get(), socket_.fd);
}

long TestClient::peer_serial() const {
  const std::unique_ptr<X509, decltype(&X509_free)> certificate(SSL_get1_peer_certificate(ssl_.get()),
                                                                X509_free);
  return ASN1_INTEGER_get(X509_get0_serialNumber(certificate.get()));
}

void TestClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const int sent = SSL_write(ssl_.get(), bytes.data(), static_cast<int>(bytes.size()));
    if (sent <= 0) return;  // the server has closed; what it said is still to be read
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

void TestClient::finish_sending() {
  SSL_shutdown(ssl_.get());
}

void TestClient::send_raw(std::string_view bytes) {
  (void)::send(socket_.fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
}

std::string TestClient::receive() {
  if (!input_.empty()) return std::exchange(input_, {});
  std::array<char, 16384> buffer;
  const int got = SSL_read(ssl_.get(), buffer.data(), static_cast<int>(buffer.size()));
  return got > 0 ? std::string(buffer.data(), static_cast<std::size_t>(got)) : std::string();
}

std::string TestClient::receive_until(std::string_view end) {
  std::string text;
  for (;;) {
    const std::string more = receive();
    if (more.empty()) return text;
    text += more;
    const auto found = text.find(end);
    if (found == std::string::npos) continue;
    input_ = text.substr(found + end.size());
    return text.substr(0, found + end.size());
  }
}

std::string TestClient::receive_response() {
  std::string text = receive_until("\r\n\r\n");
  const auto length = text.find("Content-Length: ");
  if (length == std::string::npos) return text;
  const std::size_t whole = text.size() + std::stoul(text.substr(length + 16));
  while (text.size() < whole) {
    const std::string more = receive();
    if (more.empty()) return text;
    text += more;
  }
  input_ = text.substr(whole);
  return text.substr(0, whole);
}

std::string TestClient::receive_all() {
  std::string text;
  for (;;) {
    const std::string more = receive();
    if (more.empty()) return text;
    text += more;
  }
}

bool TestClient::upgrade() {
  send(
      "GET /api/v1/ws HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
      "Sec-WebSocket-Protocol: wardroom.v1\r\n\r\n");
  return receive_until("\r\n\r\n").starts_with("HTTP/1.1 101 ");
}

void TestClient::send_text(std::string_view text) {
  send_frame(Opcode::text, text);
}

void TestClient::send_frame(Opcode opcode, std::string_view payload) {
  std::string bytes;
  wardroom::protocol::append_masked_frame(bytes, opcode, payload, {0x12, 0x34, 0x56, 0x78});
  send(bytes);
}

TestClient::Message TestClient::receive_message() {
  for (;;) {
    std::span<char> rest = std::span(chunk_).subspan(taken_);
    const Decoded found = decoder_.next(rest);
    taken_ = chunk_.size() - rest.size();
    if (found.kind != Decoded::Kind::need_more)
      return {found.kind, std::string(found.payload), found.close_code, std::string(found.reason)};
    chunk_ = receive();
    taken_ = 0;
    if (chunk_.empty()) return {};
  }
}

std::uint16_t TestClient::receive_close_code() {
  for (;;) {
    const Message message = receive_message();
    if (message.kind == Decoded::Kind::close) return message.close_code;
    if (message.kind == Decoded::Kind::need_more) return 0;
  }
}
