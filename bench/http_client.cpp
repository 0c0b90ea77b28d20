#include "bench/http_client.hpp"

#include <array>
#include <unistd.h>

#include <openssl/ssl.h>

namespace wardroom::bench {

void HttpClient::Free::operator()(SSL* ssl) const {
  ::close(SSL_get_fd(ssl));
  SSL_free(ssl);
}

Result<HttpClient> HttpClient::connect(ClientTls& tls, const Target& target) {
  const auto socket = connect_socket(target);
  if (!socket) return socket.error();
  HttpClient client;
  client.host_ = target.host;
  client.ssl_.reset(tls.make_verified(*socket, target.host));
  if (SSL_connect(client.ssl_.get()) != 1)
    return unavailable("The TLS handshake failed: " + openssl_error() + ".");
  tls.remember(client.ssl_.get());
  return client;
}

Result<void> HttpClient::write(std::string_view bytes) {
  while (!bytes.empty()) {
    std::size_t written = 0;
    if (SSL_write_ex(ssl_.get(), bytes.data(), bytes.size(), &written) != 1)
      return unavailable("Writing failed: " + openssl_error() + ".");
    bytes.remove_prefix(written);
  }
  return ok();
}

Result<std::string> HttpClient::read_more() {
  std::array<char, 16384> buffer;
  std::size_t got = 0;
  if (SSL_read_ex(ssl_.get(), buffer.data(), buffer.size(), &got) != 1)
    return unavailable("Reading failed: " + openssl_error() + ".");
  return std::string(buffer.data(), got);
}

Result<std::string> HttpClient::post(std::string_view method, const std::string& body,
                                     std::string_view token) {
  std::string request = "POST /api/v1/" + std::string(method) + " HTTP/1.1\r\nHost: " + host_ + "\r\n";
  if (!token.empty()) request += "Authorization: Bearer " + std::string(token) + "\r\n";
  request += "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
  if (auto done = write(request); !done) return done.error();
  constexpr std::string_view kLength = "\r\nContent-Length: ";
  for (;;) {
    const auto end = input_.find("\r\n\r\n");
    const auto length = input_.find(kLength);
    if (end != std::string::npos && length != std::string::npos && length < end) {
      const std::size_t size = std::stoul(input_.substr(length + kLength.size()));
      if (input_.size() >= end + 4 + size) {
        const int status = std::stoi(input_.substr(9, 3));
        std::string answer = input_.substr(end + 4, size);
        input_.erase(0, end + 4 + size);
        last_body_ = answer;
        if (status != 200) return protocol::parse_problem(answer, status);
        return answer;
      }
    }
    auto more = read_more();
    if (!more) return more.error();
    input_ += *more;
  }
}

}  // namespace wardroom::bench
