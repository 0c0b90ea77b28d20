#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "common/base/clock.hpp"
#include "common/base/result.hpp"
#include "server/net/options.hpp"
#include "server/net/stats.hpp"
#include "server/realtime/peer.hpp"

namespace wardroom::net {

// The TLS server: listeners, network threads, connections. Requests go to the sink on the network thread of
// their connection. Unless said otherwise any one thread at a time may call it, but not a network thread.
class Server {
 public:
  // The sink and the clock outlive the server. Nothing runs yet, but the executors take work already.
  Server(Options options, realtime::RequestSink& sink, const Clock& clock);
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  ~Server();

  // Loads the certificate, listens, starts the threads. The error names the file, the option or the port.
  Result<void> start();
  // The port of the first address, once started.
  std::uint16_t port() const;
  // Refuses newcomers, closes every connection with 4009 after what is queued for it, and waits for that, but
  // no longer than `drain`; then drops the rest and ends the threads. A second call does nothing.
  void stop(std::chrono::milliseconds drain);

  // Serves new connections with what the files hold now. On an error everything stays as it was. Any thread.
  Result<void> reload_certificate();
  // What new connections are shown, in PEM form: what the files held then. Empty before start(). Any thread.
  std::string shown_certificates() const;
  // What Options::hosts said at the start; counts for the next request. Any thread.
  void set_hosts(std::vector<std::string> hosts);
  std::vector<std::string> hosts() const;

  std::size_t loop_count() const;
  // Any thread.
  realtime::Executor& executor(std::size_t loop);
  // On the thread of the loop that the id names: the peer, or nothing when it is gone.
  realtime::Peer* find(realtime::PeerId id);
  // Any thread.
  Stats stats() const;
  // Runs the timeouts that are due by the clock. The threads do it each second by themselves; a test that
  // moves a FakeClock needn't wait for that. Any thread.
  void tick();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace wardroom::net
