#include "server/net/server.hpp"

#include <algorithm>
#include <cassert>
#include <csignal>
#include <future>

#include <spdlog/spdlog.h>
#include <sys/resource.h>

#include "server/net/admission.hpp"
#include "server/net/connection.hpp"
#include "server/net/listener.hpp"
#include "server/net/loop.hpp"
#include "server/net/tls_context.hpp"

namespace wardroom::net {
namespace {

// Each connection takes a descriptor, and the usual soft limit of 1024 is meant for select(2).
void raise_descriptor_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == limit.rlim_max) return;
  limit.rlim_cur = limit.rlim_max;
  if (setrlimit(RLIMIT_NOFILE, &limit) != 0) spdlog::warn("net.descriptor_limit_kept");
}

}  // namespace

struct Server::State {
  State(Options given, realtime::RequestSink& sink, const Clock& clock)
      : options(std::move(given)), hosts(options.hosts) {
    const std::size_t count = std::max<std::size_t>(options.threads, 1);
    for (std::size_t i = 0; i < count; ++i)
      loops.push_back(std::make_unique<Loop>(static_cast<std::uint16_t>(i),
                                             Shared{options, hosts, tls, admission, sink, clock}));
  }

  const Options options;
  KnownHosts hosts;
  TlsContext tls;
  Admission admission;
  std::vector<std::unique_ptr<Loop>> loops;
  std::vector<std::unique_ptr<Listener>> listeners;  // before the loops they live on
  bool running = false;
};

Server::Server(Options options, realtime::RequestSink& sink, const Clock& clock)
    : state_(std::make_unique<State>(std::move(options), sink, clock)) {}

Server::~Server() {
  stop(std::chrono::milliseconds{0});
}

Result<void> Server::start() {
  State& state = *state_;
  assert(!state.running);
  if (auto done = state.admission.configure(state.options); !done) return done;
  if (auto done = reload_certificate(); !done) return done;
  raise_descriptor_limit();
  std::vector<Loop*> loops;
  for (const auto& loop : state.loops) loops.push_back(loop.get());
  for (const Endpoint& endpoint : state.options.listen) {
    auto listener = std::make_unique<Listener>(*loops.front(), loops, state.admission);
    if (auto done = listener->open(endpoint); !done) {
      state.listeners.clear();
      return done;
    }
    listener->begin();
    state.listeners.push_back(std::move(listener));
  }
  for (Loop* loop : loops) loop->start();
  state.running = true;
  return ok();
}

std::uint16_t Server::port() const {
  return state_->listeners.empty() ? 0 : state_->listeners.front()->port();
}

void Server::stop(std::chrono::milliseconds drain) {
  State& state = *state_;
  if (!state.running) return;
  state.running = false;
  const auto deadline = std::chrono::steady_clock::now() + drain;
  std::promise<void> closed;
  state.loops.front()->post([&] {
    for (const auto& listener : state.listeners) listener->close();
    closed.set_value();
  });
  closed.get_future().wait();
  for (const auto& loop : state.loops) loop->begin_stop();
  for (const auto& loop : state.loops)
    if (!loop->wait_until_done(deadline)) loop->finish();
  for (const auto& loop : state.loops) loop->join();
}

Result<void> Server::reload_certificate() {
  return state_->tls.load(state_->options.certificate_file, state_->options.key_file);
}

std::string Server::shown_certificates() const {
  return state_->tls.shown_certificates();
}

void Server::set_hosts(std::vector<std::string> hosts) {
  state_->hosts.set(std::move(hosts));
}

std::vector<std::string> Server::hosts() const {
  return *state_->hosts.get();
}

std::size_t Server::loop_count() const {
  return state_->loops.size();
}

realtime::Executor& Server::executor(std::size_t loop) {
  return *state_->loops.at(loop);
}

realtime::Peer* Server::find(realtime::PeerId id) {
  return state_->loops.at(id.loop)->find(id.serial);
}

Stats Server::stats() const {
  Stats sum;
  for (const auto& loop : state_->loops) {
    const LoopCounters& counters = loop->counters();
    sum.connections += counters.connections.get();
    sum.web_sockets += counters.web_sockets.get();
    sum.accepted += counters.accepted.get();
    sum.handshakes_ok += counters.handshakes_ok.get();
    sum.handshakes_failed += counters.handshakes_failed.get();
    sum.proxy_headers_refused += counters.proxy_headers_refused.get();
    sum.bytes_in += counters.bytes_in.get();
    sum.bytes_out += counters.bytes_out.get();
    sum.frames_in += counters.frames_in.get();
    sum.frames_out += counters.frames_out.get();
    sum.flushes += counters.flushes.get();
    sum.ephemeral_dropped += counters.ephemeral_dropped.get();
    sum.slow_closes += counters.slow_closes.get();
  }
  sum.refused = state_->admission.refused();
  return sum;
}

void Server::tick() {
  for (const auto& loop : state_->loops) loop->post([target = loop.get()] { target->tick(); });
}

}  // namespace wardroom::net
