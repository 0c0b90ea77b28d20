#include "server/net/loop.hpp"

#include <algorithm>
#include <cassert>
#include <malloc.h>
#include <pthread.h>
#include <unistd.h>
#include <utility>

#include <boost/asio/post.hpp>

#include "common/base/log.hpp"
#include "common/base/turn.hpp"
#include "server/net/connection.hpp"

namespace wardroom::net {
namespace {

// How many handlers a turn may run before everything is flushed: large enough to coalesce a burst, small
// enough that nobody's answer waits for it.
constexpr int kHandlersPerTurn = 256;
// So many connections at once are a crowd, whose memory is worth a moment when half of it has gone.
constexpr std::uint64_t kCrowd = 200;

}  // namespace

// UNSAFE_IO: sockets are touched on this thread only, so Asio needs no lock for each; post() stays safe.
Loop::Loop(std::uint16_t index, Shared shared)
    : index_(index),
      shared_(shared),
      context_(BOOST_ASIO_CONCURRENCY_HINT_UNSAFE_IO),
      work_(context_.get_executor()),
      second_(context_),
      began_(shared.clock.steady()) {}

Loop::~Loop() {
  finish();
  join();
}

void Loop::start() {
  thread_ = std::thread([this] { run(); });
}

void Loop::post(std::function<void()> work) {
  boost::asio::post(context_, std::move(work));
}

void Loop::run() {
  thread_id_ = std::this_thread::get_id();
  pthread_setname_np(pthread_self(), ("net-" + std::to_string(index_)).c_str());
  begin_turns();
  arm_tick();
  while (!finished_) {
    try {
      run_turn();
    } catch (const std::exception& e) {  // of work that belongs to no connection
      spdlog::error("net.turn_failed what=\"{}\"", e.what());
    }
    end_turn();
    if (stopping_ && connections_.empty()) finished_ = true;
  }
  while (!connections_.empty()) connections_.begin()->second->drop();
  end_turn();
  newcomers_.clear();
  second_.cancel();
  work_.reset();
  context_.poll();  // the handlers of cancelled waits let go of their connections
  ended_.set_value();
}

void Loop::run_turn() {
  if (newcomers_.empty()) context_.run_one();
  for (int handlers = 1; handlers < kHandlersPerTurn && context_.poll_one() > 0; ++handlers) {
  }
  newcomers_.serve_share();
}

void Loop::queue_newcomer(std::shared_ptr<Connection> connection) {
  newcomers_.add([connection = std::move(connection)] { connection->serve_newcomer(); });
}

void Loop::end_turn() {
  wardroom::end_turn();  // first: others work while this thread sends
  // flush() may mark a connection again that has more than its share of a turn; that is for the next turn.
  const std::size_t count = dirty_.size();
  for (std::size_t i = 0; i < count; ++i) dirty_[i]->flush();
  dirty_.erase(dirty_.begin(), dirty_.begin() + static_cast<std::ptrdiff_t>(count));
  if (!dirty_.empty()) post([] {});  // keeps the next turn from waiting
  std::erase_if(departed_, [](const auto& connection) { return !connection->is_dirty(); });
}

void Loop::arm_tick() {
  second_.expires_after(std::chrono::seconds{1});
  second_.async_wait([this](boost::system::error_code error) {
    if (error || finished_) return;
    tick();
    arm_tick();
  });
}

void Loop::tick() {
  assert(is_this_thread());
  const auto passed = shared_.clock.steady() - began_;
  wheel_.advance(static_cast<Tick>(std::chrono::duration_cast<std::chrono::seconds>(passed).count()));
  give_memory_back();
}

void Loop::adopt(int socket, realtime::Source source, bool is_proxy) {
  assert(is_this_thread());
  std::shared_ptr<Connection> connection;
  try {
    connection = std::make_shared<Connection>(*this, socket, source, is_proxy);
  } catch (const std::exception& e) {
    spdlog::error("net.newcomer_lost what=\"{}\"", e.what());
    ::close(socket);
    return shared_.admission.closed(source.ip, !is_proxy);
  }
  connection->id = {index_, next_serial_++};
  connections_.emplace(connection->id.serial, connection);
  counters_.accepted.add();
  counters_.connections.add();
  if (stopping_)
    connection->drop();
  else
    connection->begin();
}

void Loop::note_bad_proxy_header(const std::string& proxy, std::string_view reason) {
  counters_.proxy_headers_refused.add();
  constexpr Tick kBetweenLines = 60;
  if (told_of_proxy_ && wheel_.now() < *told_of_proxy_ + kBetweenLines) return;
  told_of_proxy_ = wheel_.now();
  spdlog::warn("net.proxy_header_refused address={} reason={}", proxy, reason);
}

// What a crowd took lies in the allocator when it has gone, in pieces that it keeps by itself.
void Loop::give_memory_back() {
  const std::uint64_t here = counters_.connections.get();
  crowd_ = std::max(crowd_, here);
  if (crowd_ < kCrowd || here > crowd_ / 2) return;
  crowd_ = here;
  malloc_trim(0);
}

realtime::Peer* Loop::find(std::uint64_t serial) {
  assert(is_this_thread());
  const auto found = connections_.find(serial);
  return found == connections_.end() ? nullptr : found->second.get();
}

void Loop::remove(Connection& connection) {
  const auto found = connections_.find(connection.id.serial);
  assert(found != connections_.end());
  departed_.push_back(std::move(found->second));
  connections_.erase(found);
  counters_.connections.subtract();
}

void Loop::begin_stop() {
  post([this] {
    stopping_ = true;
    std::vector<Connection*> all;  // one that is in its handshake leaves the table at once
    for (const auto& [serial, connection] : connections_) all.push_back(connection.get());
    for (Connection* connection : all) connection->stop();
  });
}

void Loop::finish() {
  if (thread_.joinable()) post([this] { finished_ = true; });
}

void Loop::join() {
  if (thread_.joinable()) thread_.join();
}

bool Loop::wait_until_done(std::chrono::steady_clock::time_point deadline) {
  return has_ended_.wait_until(deadline) == std::future_status::ready;
}

}  // namespace wardroom::net
