#pragma once

#include <functional>

#include "server/commands/command_table.hpp"
#include "server/commands/file/gateway.hpp"
#include "server/commands/group_batch.hpp"
#include "server/commands/services.hpp"
#include "server/store/sessions.hpp"

namespace wardroom::commands {

// The one way from the wire to a handler: an ordered list of gates, the same for WebSocket and HTTP. Its
// members run on the network threads; it keeps no state of its own but counters.
class Dispatcher final : public realtime::RequestSink {
 public:
  // `pages` answers GET requests such as /healthz. Everything outlives the dispatcher.
  using Pages = std::function<realtime::HttpAnswer(const realtime::PageRequest&)>;
  Dispatcher(Services& services, GroupBatch& batch, Pages pages);

  void on_open(realtime::Peer& peer) override;
  void on_closed(realtime::Peer& peer) noexcept override;
  void on_text(realtime::Peer& peer, std::string_view text) override;
  void on_call(realtime::Peer& peer, const realtime::HttpCall& http) override;
  void on_get(realtime::Peer& peer, const realtime::PageRequest& request) override;
  void on_file(realtime::Peer& peer, realtime::FileRequest request) override;
  bool on_body(realtime::Peer& peer, std::string_view piece) override;
  void on_body_end(realtime::Peer& peer) override;

  std::uint64_t requests() const { return requests_.load(std::memory_order_relaxed); }
  std::uint64_t refusals() const { return refusals_.load(std::memory_order_relaxed); }
  std::uint64_t messages() const { return services_.messages.load(std::memory_order_relaxed); }

 private:
  std::shared_ptr<Call> make_call(const realtime::Peer& peer, bool is_websocket);
  void refuse(realtime::Peer& peer, const Call& call, const Error& error);
  void pass_gates(realtime::Peer& peer, std::shared_ptr<const Call> call, std::string_view method,
                  const boost::json::value& params);
  Result<void> charge(realtime::Peer& peer, const Command* command);
  Result<void> check_gates(const realtime::Peer& peer, const Call& call, const Command* command,
                           std::string_view method);
  void note_use(const store::SessionRow& session, const realtime::Source& source);
  // Finds whose session the token is, on a reader; `then` runs on the peer's thread, where the call has its
  // caller.
  using Known = std::function<void(realtime::Peer& self, const std::shared_ptr<Call>& call)>;
  void with_session(std::shared_ptr<Call> call, std::string_view token, Known then, realtime::Peer& peer);

  Services& services_;
  GroupBatch& batch_;
  Pages pages_;
  FileGateway files_;
  std::atomic<std::uint64_t> requests_{0}, refusals_{0};
};

}  // namespace wardroom::commands
