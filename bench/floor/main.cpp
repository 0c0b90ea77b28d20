#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <unistd.h>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include "bench/floor/peer.hpp"

// The least that a server can do for the load generator: epoll, OpenSSL, frames. It checks nothing and stores
// nothing; what Wardroom costs is told as a ratio to it, because machines differ.
//
// bench-floor PORT CERTIFICATE KEY STATE

using namespace wardroom::bench;

namespace {

class Floor {
 public:
  Floor(SSL_CTX* context, FloorRooms& rooms, int listener)
      : context_(context), rooms_(rooms), listener_(listener), epoll_(epoll_create1(EPOLL_CLOEXEC)) {
    epoll_event event{.events = EPOLLIN, .data = {.ptr = nullptr}};
    epoll_ctl(epoll_, EPOLL_CTL_ADD, listener_, &event);
  }

  [[noreturn]] void run() {
    for (;;) turn();
  }

 private:
  void turn() {
    std::array<epoll_event, 1024> events;
    const int count = epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), -1);
    for (int i = 0; i < count; ++i) {
      auto* peer = static_cast<FloorPeer*>(events[static_cast<std::size_t>(i)].data.ptr);
      if (!peer)
        accept_all();
      else if (!peer->is_gone && !peer->take(dirty_))
        leave(*peer);
      else if (peer->waits_writable && !peer->is_dirty)
        dirty_.push_back(peer), peer->is_dirty = true;
    }
    for (FloorPeer* peer : dirty_) flush(*peer);
    dirty_.clear();
    for (FloorPeer* peer : gone_) delete peer;
    gone_.clear();
  }

  void accept_all() {
    for (;;) {
      const int socket = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (socket < 0) return;
      const int on = 1;
      setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      watch(*new FloorPeer(socket, context_, rooms_), EPOLL_CTL_ADD);
    }
  }

  void watch(FloorPeer& peer, int act) {
    epoll_event event{.events = EPOLLIN | (peer.waits_writable ? EPOLLOUT : 0U), .data = {.ptr = &peer}};
    epoll_ctl(epoll_, act, peer.socket(), &event);
  }

  void flush(FloorPeer& peer) {
    peer.is_dirty = false;
    if (peer.is_gone) return;
    const bool blocked = !peer.flush();
    if (blocked == peer.waits_writable) return;
    peer.waits_writable = blocked;
    watch(peer, EPOLL_CTL_MOD);
  }

  // Freed at the end of the turn: others of it may still mean it.
  void leave(FloorPeer& peer) {
    peer.is_gone = true;
    epoll_ctl(epoll_, EPOLL_CTL_DEL, peer.socket(), nullptr);
    gone_.push_back(&peer);
  }

  SSL_CTX* context_;
  FloorRooms& rooms_;
  int listener_;
  int epoll_;
  std::vector<FloorPeer*> dirty_, gone_;
};

// As the server's (server/net/tls_context.cpp), so that the ratio is about the rest.
SSL_CTX* make_context(const char* certificate, const char* key) {
  SSL_CTX* context = SSL_CTX_new(TLS_server_method());
  SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION);
  SSL_CTX_set_num_tickets(context, 0);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  SSL_CTX_set_read_ahead(context, 1);
  const bool is_made = SSL_CTX_use_certificate_chain_file(context, certificate) == 1 &&
                       SSL_CTX_use_PrivateKey_file(context, key, SSL_FILETYPE_PEM) == 1;
  return is_made ? context : nullptr;
}

int listen_on(const char* port) {
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  const int on = 1;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(std::atoi(port)));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const bool listens = bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
                       listen(listener, 4096) == 0;
  return listens ? listener : -1;
}

int fail(const char* what, const char* name) {
  std::fprintf(stderr, "bench-floor: %s: %s\n", name, what);
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5)
    return fail("give a port, the certificate, its key, and the load generator's state file", "usage");
  std::signal(SIGPIPE, SIG_IGN);
  rlimit files{};
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  FloorRooms rooms;
  if (!rooms.load(argv[4])) return fail("isn't a state file of wardroom-load", argv[4]);
  SSL_CTX* context = make_context(argv[2], argv[3]);
  if (!context) return fail("can't be read together with its key", argv[2]);
  const int listener = listen_on(argv[1]);
  if (listener < 0) return fail("somebody listens on this port, or it is no port", argv[1]);
  std::puts("ready");
  std::fflush(stdout);
  Floor(context, rooms, listener).run();
}
