#pragma once

#include <array>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <span>
#include <thread>
#include <unordered_map>
#include <vector>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "common/base/clock.hpp"
#include "server/net/admission.hpp"
#include "server/net/known_hosts.hpp"
#include "server/net/newcomers.hpp"
#include "server/net/options.hpp"
#include "server/net/socket_bio.hpp"
#include "server/net/stats.hpp"
#include "server/net/timer_wheel.hpp"
#include "server/net/tls_context.hpp"
#include "server/realtime/peer.hpp"

namespace wardroom::net {

class Connection;

// What all network threads share. Outlives them.
struct Shared {
  const Options& options;
  const KnownHosts& hosts;
  const TlsContext& tls;
  Admission& admission;
  realtime::RequestSink& sink;
  const Clock& clock;
};

// One network thread: an io_context, the connections pinned to it, and their timeouts. It works in turns:
// take what is ready, up to a cap, then flush every connection that got something to send. So all that was
// queued for a connection within a turn leaves in one record and one call. Any thread may call post(),
// start(), finish() and wait_until_done(); everything else belongs to the thread itself.
class Loop final : public realtime::Executor {
 public:
  // Largest TLS record's contents (RFC 8446 section 5.1).
  static constexpr std::size_t kRecordBytes = 16 * 1024;
  using Context = boost::asio::io_context;

  Loop(std::uint16_t index, Shared shared);
  ~Loop() override;

  void start();
  void post(std::function<void()> work) override;
  // Closes every connection with 4009, takes no new ones, and ends when the last is gone.
  void begin_stop();
  // Drops what is left and ends.
  void finish();
  void join();
  // Whether the thread has ended, after waiting at most so long.
  bool wait_until_done(std::chrono::steady_clock::time_point deadline);

  // Takes over an accepted socket, which admission has counted. `is_proxy`: who the client is stands in a
  // header.
  void adopt(int socket, realtime::Source source, bool is_proxy);
  // The peer, if it is still there.
  realtime::Peer* find(std::uint64_t serial);
  // Runs timeouts that are due by the clock.
  void tick();

  // For the connections of this thread.
  void mark_dirty(Connection& connection) { dirty_.push_back(&connection); }
  void remove(Connection& connection);
  // Has something to do for somebody who isn't signed in.
  void queue_newcomer(std::shared_ptr<Connection> connection);
  Context& context() { return context_; }
  const Shared& shared() const { return shared_; }
  SocketBio& bio() { return bio_; }
  TimerWheel& wheel() { return wheel_; }
  LoopCounters& counters() { return counters_; }
  const LoopCounters& counters() const { return counters_; }
  // Scratch space of the whole thread; its contents don't survive the call that fills it.
  std::span<char> read_buffer() { return *read_buffer_; }
  std::span<char> write_buffer() { return *write_buffer_; }
  // A proxy that begins without a header, or with a wrong one, does so each time: a line a minute is enough.
  void note_bad_proxy_header(const std::string& proxy, std::string_view reason);
  bool is_this_thread() const { return std::this_thread::get_id() == thread_id_; }

 private:
  using Buffer = std::array<char, kRecordBytes>;

  void run();
  void run_turn();
  void end_turn();
  void give_memory_back();
  void arm_tick();

  const std::uint16_t index_;
  Shared shared_;
  LoopCounters counters_;
  TimerWheel wheel_;
  SocketBio bio_;
  std::unique_ptr<Buffer> read_buffer_ = std::make_unique<Buffer>();
  std::unique_ptr<Buffer> write_buffer_ = std::make_unique<Buffer>();
  // Declared before the connections and destroyed after them: their sockets are registered with it.
  Context context_;
  boost::asio::executor_work_guard<Context::executor_type> work_;
  boost::asio::steady_timer second_;
  SteadyPoint began_;
  std::uint64_t next_serial_ = 1;
  std::unordered_map<std::uint64_t, std::shared_ptr<Connection>> connections_;
  std::vector<Connection*> dirty_;                     // have something to flush at the end of the turn
  std::vector<std::shared_ptr<Connection>> departed_;  // closed in this turn; freed at its end
  Newcomers newcomers_{std::chrono::steady_clock::now};
  std::uint64_t crowd_ = 0;            // most connections since memory was given back
  std::optional<Tick> told_of_proxy_;  // when
  bool stopping_ = false;
  bool finished_ = false;
  std::thread thread_;
  std::thread::id thread_id_;
  std::promise<void> ended_;
  std::future<void> has_ended_ = ended_.get_future();
};

}  // namespace wardroom::net
