#include "tests/unit/link/test_server.hpp"

#include <csignal>
#include <unistd.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

namespace wardroom::link {
namespace {

// RFC 6455 section 4.2.2.
std::string accept_key(const std::string& key) {
  const std::string text = key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  EVP_Digest(text.data(), text.size(), digest, &size, EVP_sha1(), nullptr);
  unsigned char encoded[64];
  const int length = EVP_EncodeBlock(encoded, digest, static_cast<int>(size));
  return {reinterpret_cast<const char*>(encoded), static_cast<std::size_t>(length)};
}

}  // namespace

bool TestSession::read_exactly(std::string& out, std::size_t size) {
  out.resize(size);
  std::size_t at = 0;
  while (at < size) {
    const int got = SSL_read(tls_, out.data() + at, static_cast<int>(size - at));
    if (got <= 0) return false;
    at += static_cast<std::size_t>(got);
    bytes_ += static_cast<std::size_t>(got);
  }
  return true;
}

bool TestSession::send_raw(const std::string& bytes) {
  return bytes.empty() || SSL_write(tls_, bytes.data(), static_cast<int>(bytes.size())) > 0;
}

std::optional<std::string> TestSession::read_head() {
  std::string head;
  std::string byte;
  while (!head.ends_with("\r\n\r\n")) {
    if (!read_exactly(byte, 1)) return std::nullopt;
    head += byte;
  }
  return head;
}

std::optional<std::string> TestSession::read_body(std::size_t size) {
  std::string body;
  if (!read_exactly(body, size)) return std::nullopt;
  return body;
}

bool TestSession::upgrade() {
  const auto asked = read_head();
  if (!asked) return false;
  const std::string& head = *asked;
  const std::string name = "Sec-WebSocket-Key: ";
  const auto at = head.find(name) + name.size();
  send_raw(
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: "
      "Upgrade\r\nSec-WebSocket-Accept: " +
      accept_key(head.substr(at, head.find("\r\n", at) - at)) +
      "\r\nSec-WebSocket-Protocol: wardroom.v1\r\n\r\n");
  return true;
}

std::optional<std::string> TestSession::read_text() {
  for (;;) {
    std::string head;
    if (!read_exactly(head, 2)) return std::nullopt;
    const auto opcode = static_cast<unsigned char>(head[0]) & 15u;
    std::size_t size = static_cast<unsigned char>(head[1]) & 127u;
    const std::size_t size_bytes = size == 126 ? 2 : size == 127 ? 8 : 0;
    std::string long_size;
    if (!read_exactly(long_size, size_bytes)) return std::nullopt;
    if (size_bytes > 0) size = 0;
    for (const char c : long_size) size = size << 8 | static_cast<unsigned char>(c);
    std::string mask;
    std::string payload;
    if (!read_exactly(mask, 4) || !read_exactly(payload, size)) return std::nullopt;
    for (std::size_t i = 0; i < payload.size(); ++i) payload[i] = static_cast<char>(payload[i] ^ mask[i % 4]);
    if (opcode == 0x1) return payload;
    if (opcode == 0x8) {
      if (payload.size() >= 2)
        goodbye_ = static_cast<unsigned char>(payload[0]) * 256u + static_cast<unsigned char>(payload[1]);
      send_raw(frame(0x8, payload));
      return std::nullopt;
    }
  }
}

std::string TestSession::frame(unsigned opcode, const std::string& payload) {
  std::string frame(1, static_cast<char>(0x80u | opcode));
  if (payload.size() < 126) {
    frame.push_back(static_cast<char>(payload.size()));
  } else {
    // RFC 6455 section 5.2: the shortest form that fits.
    const bool is_short = payload.size() < 65536;
    frame.push_back(static_cast<char>(is_short ? 126 : 127));
    for (int shift = is_short ? 8 : 56; shift >= 0; shift -= 8)
      frame.push_back(static_cast<char>(payload.size() >> shift & 255u));
  }
  return frame + payload;
}

void TestSession::close(unsigned code) {
  send_raw(frame(0x8, {static_cast<char>(code >> 8), static_cast<char>(code & 255)}));
  while (read_text()) {
  }
}

TestServer::TestServer(Looks looks, Script script) : looks_(std::move(looks)), script_(std::move(script)) {
  std::signal(SIGPIPE, SIG_IGN);
  listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* any = reinterpret_cast<sockaddr*>(&address);
  if (bind(listener_, any, size) != 0 || listen(listener_, 16) != 0 ||
      getsockname(listener_, any, &size) != 0)
    std::abort();
  port_ = ntohs(address.sin_port);
  acceptor_ = std::thread([this] { accept_all(); });
}

TestServer::~TestServer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    shutdown(listener_, SHUT_RDWR);
    for (const int socket : open_) shutdown(socket, SHUT_RDWR);
  }
  acceptor_.join();
  for (auto& thread : threads_) thread.join();
  ::close(listener_);
}

void TestServer::accept_all() {
  for (;;) {
    const int socket = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    const std::lock_guard lock(mutex_);
    if (socket < 0 || stopping_) {
      if (socket >= 0) ::close(socket);
      return;
    }
    open_.push_back(socket);
    threads_.emplace_back([this, socket] { serve(socket); });
  }
}

void TestServer::serve(int socket) {
  if (!looks_.speaks_tls) {
    const std::string greeting = "220 mail.example ESMTP\r\n";
    (void)!write(socket, greeting.data(), greeting.size());
  } else {
    SSL_CTX* context = SSL_CTX_new(TLS_server_method());
    if (looks_.max_tls != 0) SSL_CTX_set_max_proto_version(context, looks_.max_tls);
    SSL_CTX_use_certificate(context, looks_.leaf.certificate.get());
    SSL_CTX_use_PrivateKey(context, looks_.leaf.key.get());
    for (const auto& shown : looks_.shown) SSL_CTX_add1_chain_cert(context, shown.certificate.get());
    SSL* tls = SSL_new(context);
    SSL_set_fd(tls, socket);
    if (SSL_accept(tls) == 1) {
      ++handshakes_;
      TestSession session(tls, bytes_);
      script_(session);
    }
    SSL_free(tls);
    SSL_CTX_free(context);
  }
  const std::lock_guard lock(mutex_);
  std::erase(open_, socket);
  ::close(socket);
  ++ended_;
  ended_.notify_all();
}

void TestServer::wait_for_ended(int n) {
  for (int now = ended_; now < n; now = ended_) ended_.wait(now);
}

}  // namespace wardroom::link
