#include "server/ops/tls_sender.hpp"

#include <poll.h>
#include <thread>
#include <unistd.h>

#include <arpa/inet.h>
#include <linux/sockios.h>
#include <netinet/in.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include "server/ops/name_lookup.hpp"

namespace wardroom::ops {
namespace {

constexpr int kPatienceMs = 5000;

Error unreachable(const TlsSender::Peer& peer, const std::string& why) {
  return make_error(ErrorCode::unavailable, peer.host + ":" + peer.port + " " + why);
}

// What OpenSSL complained of last.
std::string complaint() {
  const auto code = ERR_get_error();
  const char* text = code ? ERR_reason_error_string(code) : nullptr;
  return text ? text : "the connection broke";
}

bool dial(int fd, const addrinfo& address) {
  timeval patience{kPatienceMs / 1000, 0};
  setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);  // connect() heeds it too
  return ::connect(fd, address.ai_addr, address.ai_addrlen) == 0;
}

bool is_address(const std::string& host) {
  unsigned char bytes[sizeof(in6_addr)];
  return inet_pton(AF_INET, host.c_str(), bytes) == 1 || inet_pton(AF_INET6, host.c_str(), bytes) == 1;
}

}  // namespace

Result<std::unique_ptr<TlsSender>> TlsSender::connect(const Peer& peer) {
  auto sender = std::unique_ptr<TlsSender>(new TlsSender);
  if (auto opened = sender->open_socket(peer); !opened) return opened.error();
  if (auto shaken = sender->shake_hands(peer); !shaken) return shaken.error();
  return sender;
}

TlsSender::~TlsSender() {
  if (ssl_) SSL_shutdown(ssl_);
  SSL_free(ssl_);
  SSL_CTX_free(context_);
  if (fd_ >= 0) ::close(fd_);
}

Result<void> TlsSender::open_socket(const Peer& peer) {
  const auto found = look_up(peer.host, peer.port, std::chrono::milliseconds{kPatienceMs});
  if (!found) return found.error();
  // However many addresses there are: a stop waits for this.
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds{kPatienceMs};
  for (const addrinfo* one = found->get(); one && std::chrono::steady_clock::now() < deadline;
       one = one->ai_next) {
    fd_ = ::socket(one->ai_family, one->ai_socktype | SOCK_CLOEXEC, one->ai_protocol);
    if (fd_ >= 0 && dial(fd_, *one)) return ok();
    if (fd_ >= 0) ::close(std::exchange(fd_, -1));
  }
  return unreachable(peer, "doesn't answer.");
}

Result<void> TlsSender::shake_hands(const Peer& peer) {
  ERR_clear_error();
  context_ = SSL_CTX_new(TLS_client_method());
  if (!context_ || !SSL_CTX_set_min_proto_version(context_, TLS1_2_VERSION) ||
      !SSL_CTX_load_verify_locations(context_, peer.ca_file.c_str(), nullptr))
    return unreachable(peer, "can't be checked: " + peer.ca_file.string() + " holds no certificates.");
  SSL_CTX_set_verify(context_, SSL_VERIFY_PEER, nullptr);
  // SSL_read returns after a session ticket instead of waiting for data that never comes.
  SSL_CTX_clear_mode(context_, SSL_MODE_AUTO_RETRY);
  ssl_ = SSL_new(context_);
  if (!ssl_ || !SSL_set_fd(ssl_, fd_)) return unreachable(peer, "has no connection.");
  const bool named = is_address(peer.host)
                         ? X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl_), peer.host.c_str()) == 1
                         : SSL_set1_host(ssl_, peer.host.c_str()) == 1 &&
                               SSL_ctrl(ssl_, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
                                        const_cast<char*>(peer.host.c_str())) == 1;
  if (!named || SSL_connect(ssl_) != 1) return unreachable(peer, "isn't trusted: " + complaint() + ".");
  return ok();
}

Result<void> TlsSender::check_open() {
  pollfd look{fd_, POLLIN, 0};
  while (poll(&look, 1, 0) > 0) {
    char ignored[512];
    const int read = SSL_read(ssl_, ignored, sizeof ignored);
    if (read > 0 || SSL_get_error(ssl_, read) == SSL_ERROR_WANT_READ) continue;
    return make_error(ErrorCode::unavailable, "The collector closed the connection.");
  }
  return ok();
}

Result<void> TlsSender::send(std::string_view bytes) {
  ERR_clear_error();
  if (auto open = check_open(); !open) return open;
  if (SSL_write(ssl_, bytes.data(), static_cast<int>(bytes.size())) <= 0)
    return make_error(ErrorCode::unavailable, "The collector takes nothing: " + complaint() + ".");
  return ok();
}

Result<void> TlsSender::wait_until_received() {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds{kPatienceMs};
  for (;;) {
    int waiting = 0;
    if (auto open = check_open(); !open) return open;
    if (ioctl(fd_, SIOCOUTQ, &waiting) != 0 || waiting == 0) return ok();
    if (std::chrono::steady_clock::now() > deadline)
      return make_error(ErrorCode::unavailable, "The collector acknowledges nothing.");
    std::this_thread::sleep_for(std::chrono::milliseconds{2});
  }
}

}  // namespace wardroom::ops
