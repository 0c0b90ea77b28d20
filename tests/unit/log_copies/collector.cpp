#include "tests/unit/log_copies/collector.hpp"

#include <unistd.h>

#include <arpa/inet.h>
#include <catch2/catch.hpp>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

namespace wardroom::testing {

Collector::Collector(const std::filesystem::path& certificate, const std::filesystem::path& key,
                     const char* host)
    : context_(SSL_CTX_new(TLS_server_method())) {
  REQUIRE(SSL_CTX_use_certificate_chain_file(context_, certificate.c_str()) == 1);
  REQUIRE(SSL_CTX_use_PrivateKey_file(context_, key.c_str(), SSL_FILETYPE_PEM) == 1);
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  REQUIRE(inet_pton(AF_INET, host, &address.sin_addr) == 1);
  REQUIRE(::bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
  REQUIRE(::listen(listener_, 8) == 0);
  socklen_t size = sizeof address;
  REQUIRE(getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) == 0);
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { serve(); });
}

Collector::~Collector() {
  stopping_ = true;
  ::shutdown(listener_, SHUT_RDWR);
  if (const int fd = connection_; fd >= 0) ::shutdown(fd, SHUT_RDWR);
  thread_.join();
  ::close(listener_);
  SSL_CTX_free(context_);
}

std::vector<std::string> Collector::messages() const {
  const std::lock_guard lock(mutex_);
  return messages_;
}

std::string Collector::error() const {
  const std::lock_guard lock(mutex_);
  return error_;
}

void Collector::serve() {
  while (!stopping_) {
    const int fd = ::accept(listener_, nullptr, nullptr);
    if (fd < 0) return;
    connection_ = fd;
    read_from(fd);
    connection_ = -1;
    ::close(fd);
  }
}

void Collector::read_from(int fd) {
  SSL* ssl = SSL_new(context_);
  SSL_set_fd(ssl, fd);
  if (SSL_accept(ssl) == 1) {
    std::string bytes;
    int count = 0;
    for (char buffer[4096]; !stopping_;) {
      const int read = SSL_read(ssl, buffer, sizeof buffer);
      if (read <= 0) break;
      bytes.append(buffer, static_cast<std::size_t>(read));
      if (!take(bytes, count)) break;
      if (patience_ > 0 && count >= patience_) break;
    }
  }
  SSL_free(ssl);
}

bool Collector::take(std::string& bytes, int& count) {
  for (;;) {
    const auto space = bytes.find(' ');
    if (space == std::string::npos) return true;
    const std::lock_guard lock(mutex_);
    if (space == 0 || bytes.find_first_not_of("0123456789") != space) {
      error_ = "no length in front of a message: " + bytes.substr(0, 40);
      return false;
    }
    const auto length = static_cast<std::size_t>(std::stoul(bytes.substr(0, space)));
    if (bytes.size() < space + 1 + length) return true;
    messages_.push_back(bytes.substr(space + 1, length));
    bytes.erase(0, space + 1 + length);
    ++count;
  }
}

}  // namespace wardroom::testing
