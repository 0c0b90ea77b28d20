#include "server/net/listener.hpp"

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

#include <boost/asio/ip/v6_only.hpp>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <spdlog/spdlog.h>
#include <sys/socket.h>

namespace wardroom::net {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

constexpr int kBacklog = 4096;
// Few, so that a crowd at the door takes small turns and those inside are served in between.
constexpr int kAcceptsPerTurn = 8;

// The address as text; IPv4 that came through an IPv6 socket reads as IPv4.
realtime::Source source_of(const asio::ip::address& address) {
  realtime::Source source;
  if (address.is_v6() && address.to_v6().is_v4_mapped())
    return source_of(asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()));
  // Without a zone: that is a name of this machine's, and not the client's.
  source.ip =
      address.is_v6() ? asio::ip::address_v6(address.to_v6().to_bytes()).to_string() : address.to_string();
  source.loopback = address.is_loopback();
  return source;
}

Error bind_error(const Endpoint& endpoint, const error_code& error) {
  const std::string port = std::to_string(endpoint.port);
  if (error == asio::error::address_in_use)
    return unavailable("Port " + port +
                       " is already in use. Stop the program that uses it, or choose another port.");
  if (error == asio::error::access_denied)
    return make_error(ErrorCode::unavailable,
                      "Port " + port +
                          " may not be used by this user. Choose a port over 1023, or see "
                          "docs/operations.md for 443.",
                      "port_not_permitted");
  return unavailable("Can't listen on " + endpoint.address + " port " + port + ": " + error.message() + ".");
}

}  // namespace

Listener::Listener(Loop& home, std::vector<Loop*> loops, Admission& admission)
    : loops_(std::move(loops)),
      admission_(admission),
      acceptor_(home.context()),
      retry_(home.context()),
      spare_(::open("/dev/null", O_RDONLY | O_CLOEXEC)) {}

Listener::~Listener() {
  if (spare_ >= 0) ::close(spare_);
}

Result<void> Listener::open(const Endpoint& endpoint) {
  error_code error;
  auto address = asio::ip::make_address(endpoint.address, error);
  if (error) return params_error("listen", "\"" + endpoint.address + "\" is not an IP address to listen on.");
  asio::ip::tcp::endpoint local(address, endpoint.port);
  acceptor_.open(local.protocol(), error);
  if (error == asio::error::address_family_not_supported && address.is_v6() && address.is_unspecified()) {
    local = asio::ip::tcp::endpoint(asio::ip::tcp::v4(), endpoint.port);
    acceptor_.open(local.protocol(), error);
  }
  if (error) return bind_error(endpoint, error);
  if (local.address().is_v6() && local.address().is_unspecified())
    acceptor_.set_option(asio::ip::v6_only(false), error);
  acceptor_.set_option(asio::ip::tcp::acceptor::reuse_address(true), error);
  // Connections inherit it: an answer must not wait for an acknowledgement (Nagle's algorithm).
  acceptor_.set_option(asio::ip::tcp::no_delay(true), error);
  acceptor_.bind(local, error);
  if (!error) acceptor_.listen(kBacklog, error);
  if (!error) acceptor_.native_non_blocking(true, error);
  if (error) return bind_error(endpoint, error);
  port_ = acceptor_.local_endpoint(error).port();
  return ok();
}

void Listener::begin() {
  wait();
}

void Listener::close() {
  error_code ignored;
  acceptor_.close(ignored);
  retry_.cancel();
}

void Listener::wait() {
  acceptor_.async_wait(asio::ip::tcp::acceptor::wait_read, [this](error_code error) {
    if (error) return;
    try {
      for (int accepted = 0; accepted < kAcceptsPerTurn; ++accepted)
        if (!accept_one()) return;
      wait();
    } catch (const std::exception& e) {
      spdlog::error("net.accept_failed what=\"{}\"", e.what());
      pause();
    }
  });
}

// The system is out of something that only time gives back.
void Listener::pause() {
  retry_.expires_after(std::chrono::milliseconds{100});
  retry_.async_wait([this](error_code error) {
    if (!error) wait();
  });
}

// False: it waits for the next connection by itself.
bool Listener::accept_one() {
  asio::ip::tcp::endpoint client;
  auto size = static_cast<socklen_t>(client.capacity());
  const int socket = accept4(acceptor_.native_handle(), client.data(), &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
  if (socket < 0) {
    if (errno == EAGAIN) {
      wait();
      return false;
    }
    if (errno == EMFILE || errno == ENFILE) return refuse_one();
    if (errno == ENOBUFS || errno == ENOMEM) {
      pause();
      return false;
    }
    return true;  // the client was gone before it was accepted (accept(2): ECONNABORTED and network errors)
  }
  realtime::Source source = source_of(client.address());
  const bool is_proxy = admission_.is_proxy(source.ip);
  if (is_proxy ? !admission_.admit_proxy() : !admission_.admit(source.ip)) {
    ::close(socket);
    return true;
  }
  source.trusted = admission_.is_trusted(source.ip);
  Loop* loop = loops_[next_loop_++ % loops_.size()];
  loop->post([loop, socket, source = std::move(source), is_proxy]() mutable {
    loop->adopt(socket, std::move(source), is_proxy);
  });
  return true;
}

// Out of descriptors: without this the newcomer would stay in the backlog, wake us for ever, and never learn.
bool Listener::refuse_one() {
  const auto take_spare = [this] { spare_ = ::open("/dev/null", O_RDONLY | O_CLOEXEC); };
  if (spare_ < 0) take_spare();
  if (spare_ < 0) {
    spdlog::warn("net.no_descriptors refused={}", admission_.refused());
    pause();
    return false;
  }
  ::close(spare_);
  const int socket = accept4(acceptor_.native_handle(), nullptr, nullptr, SOCK_CLOEXEC);
  if (socket >= 0) ::close(socket);
  take_spare();
  if (socket >= 0) {
    admission_.count_refusal();
    return true;
  }
  wait();  // nobody was there: Linux asks for the descriptor before it looks
  return false;
}

}  // namespace wardroom::net
