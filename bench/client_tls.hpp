#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include <openssl/types.h>
#include <sys/socket.h>

#include "common/base/result.hpp"

namespace wardroom::bench {

// The load generator's side of TLS: the office's CA and nothing else is trusted. Verifying a chain costs the
// cores that the server needs, so it is done for the first connection only; later ones must show the same
// certificate, whose key OpenSSL checks in every handshake.
class ClientTls {
 public:
  static Result<ClientTls> create(const std::filesystem::path& ca_file);

  // A client's SSL on a connected socket, checked against the CA and the host's name.
  SSL* make_verified(int socket, const std::string& host) const;
  // The same without that check; is_known() must be asked after the handshake.
  SSL* make_lean(int socket) const;
  // Keeps the certificate of a verified connection.
  void remember(SSL* verified);
  bool is_known(SSL* ssl) const;

 private:
  std::shared_ptr<SSL_CTX> context_;
  std::shared_ptr<X509> certificate_;
};

// The last error of OpenSSL as words.
std::string openssl_error();

// Where the server is, looked up once.
struct Target {
  std::string host;
  sockaddr_storage address{};
  socklen_t address_size = 0;
  std::string source;  // IPv4 address to connect from; empty: whichever
};
Result<Target> resolve(const std::string& host, std::uint16_t port);
// A connected TCP socket with TCP_NODELAY, blocking.
Result<int> connect_socket(const Target& target);

}  // namespace wardroom::bench
