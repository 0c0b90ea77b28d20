#include "bench/client_tls.hpp"

#include <cerrno>
#include <cstring>
#include <netdb.h>
#include <unistd.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>

namespace wardroom::bench {

std::string openssl_error() {
  const char* reason = ERR_reason_error_string(ERR_peek_last_error());
  ERR_clear_error();
  return reason ? reason : "the connection was closed";
}

Result<ClientTls> ClientTls::create(const std::filesystem::path& ca_file) {
  ClientTls made;
  made.context_ = std::shared_ptr<SSL_CTX>(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
  SSL_CTX* context = made.context_.get();
  SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION);
  SSL_CTX_set_ciphersuites(context, "TLS_AES_128_GCM_SHA256");
  SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_read_ahead(context, 1);
  if (SSL_CTX_load_verify_locations(context, ca_file.c_str(), nullptr) != 1)
    return unavailable("The CA certificate " + ca_file.string() + " can't be read: " + openssl_error() + ".");
  return made;
}

SSL* ClientTls::make_verified(int socket, const std::string& host) const {
  SSL* ssl = make_lean(socket);
  SSL_set_verify(ssl, SSL_VERIFY_PEER, nullptr);
  if (X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), host.c_str()) != 1) SSL_set1_host(ssl, host.c_str());
  return ssl;
}

SSL* ClientTls::make_lean(int socket) const {
  SSL* ssl = SSL_new(context_.get());
  SSL_set_fd(ssl, socket);
  SSL_set_connect_state(ssl);
  return ssl;
}

void ClientTls::remember(SSL* verified) {
  certificate_ = std::shared_ptr<X509>(SSL_get1_peer_certificate(verified), X509_free);
}

bool ClientTls::is_known(SSL* ssl) const {
  X509* shown = SSL_get0_peer_certificate(ssl);
  return shown && certificate_ && X509_cmp(shown, certificate_.get()) == 0;
}

Result<Target> resolve(const std::string& host, std::uint16_t port) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (const int failed = getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found); failed != 0)
    return unavailable("There is no host " + host + ": " + gai_strerror(failed) + ".");
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> all(found, freeaddrinfo);
  Target target;
  target.host = host;
  for (const addrinfo* one = found; one; one = one->ai_next) {
    std::memcpy(&target.address, one->ai_addr, one->ai_addrlen);
    target.address_size = one->ai_addrlen;
    if (const auto socket = connect_socket(target)) {
      ::close(*socket);
      return target;
    }
  }
  return unavailable("Nobody listens on " + host + " port " + std::to_string(port) + ".");
}

Result<int> connect_socket(const Target& target) {
  const int socket = ::socket(target.address.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (socket < 0) return unavailable(std::string("No socket is left: ") + std::strerror(errno) + ".");
  if (!target.source.empty()) {
    sockaddr_in source{};
    source.sin_family = AF_INET;
    if (inet_pton(AF_INET, target.source.c_str(), &source.sin_addr) != 1 ||
        ::bind(socket, reinterpret_cast<const sockaddr*>(&source), sizeof source) != 0) {
      ::close(socket);
      return unavailable("Can't connect from " + target.source + ".");
    }
  }
  if (::connect(socket, reinterpret_cast<const sockaddr*>(&target.address), target.address_size) != 0) {
    const int why = errno;
    ::close(socket);
    return unavailable("Can't connect to " + target.host + ": " + std::strerror(why) + ".");
  }
  const int on = 1;
  setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return socket;
}

}  // namespace wardroom::bench
