#include "bench/reactor.hpp"

#include <array>
#include <csignal>
#include <unistd.h>

#include <sys/epoll.h>
#include <sys/resource.h>

namespace wardroom::bench {

std::uint64_t now_ns() {
  return static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count());
}

Reactor::Reactor(const Target& target, const ClientTls& tls)
    : target_(target), tls_(tls), epoll_(epoll_create1(EPOLL_CLOEXEC)) {
  std::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes with write(2)
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

Reactor::~Reactor() {
  connections_.clear();
  ::close(epoll_);
}

Result<LoadConnection*> Reactor::open(std::size_t index, LoadEvents& events) {
  const auto socket = connect_socket(target_);
  if (!socket) return socket.error();
  auto& made =
      connections_.emplace_back(std::make_unique<LoadConnection>(index, target_, tls_, events, *socket));
  watch(*made, true);
  made->on_ready_io();  // sends the first handshake message
  mark_dirty(*made);
  return made.get();
}

void Reactor::watch(LoadConnection& connection, bool add) {
  epoll_event event{};
  event.events = (connection.is_reading ? EPOLLIN : 0U) | (connection.waits_writable ? EPOLLOUT : 0U);
  event.data.ptr = &connection;
  epoll_ctl(epoll_, add ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, connection.socket(), &event);
}

void Reactor::set_reading(LoadConnection& connection, bool reads) {
  connection.is_reading = reads;
  watch(connection, false);
}

void Reactor::mark_dirty(LoadConnection& connection) {
  if (connection.is_dirty) return;
  connection.is_dirty = true;
  dirty_.push_back(&connection);
}

void Reactor::turn(std::chrono::milliseconds patience) {
  flush_dirty();
  std::array<epoll_event, 1024> events;
  const int count = epoll_wait(epoll_, events.data(), static_cast<int>(events.size()),
                               any_closed_ ? 0 : static_cast<int>(patience.count()));
  for (int i = 0; i < count; ++i) {
    auto& connection = *static_cast<LoadConnection*>(events[static_cast<std::size_t>(i)].data.ptr);
    if (connection.is_closed()) continue;
    connection.on_ready_io();
    if (connection.is_closed())
      any_closed_ = true;
    else if (connection.has_output())
      mark_dirty(connection);
  }
  flush_dirty();
  reap();
}

void Reactor::flush_dirty() {
  // By index: an end that a flush discovers may make a test send on another connection, which adds to the
  // list.
  for (std::size_t i = 0; i < dirty_.size(); ++i) {  // NOLINT(modernize-loop-convert)
    LoadConnection& connection = *dirty_[i];
    connection.is_dirty = false;
    const bool blocked = !connection.flush();
    if (connection.is_closed()) {
      any_closed_ = true;
    } else if (blocked != connection.waits_writable) {
      connection.waits_writable = blocked;
      watch(connection, false);
    }
  }
  dirty_.clear();
}

void Reactor::reap() {
  if (!any_closed_) return;
  any_closed_ = false;
  std::erase_if(connections_, [](const auto& connection) { return connection->is_closed(); });
}

void Reactor::abort_all() {
  for (const auto& connection : connections_) connection->abort();
  dirty_.clear();
  connections_.clear();
}

}  // namespace wardroom::bench
