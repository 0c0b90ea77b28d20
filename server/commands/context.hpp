#pragma once

#include "protocol/json_rpc.hpp"
#include "server/audit/log.hpp"
#include "server/commands/call.hpp"
#include "server/commands/services.hpp"

// The first parameter of a handler says where it runs.
namespace wardroom::commands {

// On a reader thread, over a snapshot that contains everything acknowledged before the call.
struct ReadContext {
  sqlite::Connection& db;
  const Call& call;
  const Services& services;

  const realtime::Caller& caller() const { return *call.caller; }
  TimePoint now() const { return services.clock.now(); }
  // For what ends by time.
  TimePoint trusted() const { return services.clock.trusted(); }
};

// On the writer thread, within the transaction that commits the change and its audit record together. What is
// published goes out after the commit, in this order; when the handler fails, nothing does.
struct WriteContext {
  store::WriteTx& tx;
  const Call& call;
  Services& services;
  realtime::Batch& out;
  // Set: the caller is refused with this, and yet what was written stands, a record of the refusal or a code
  // that is spent.
  std::optional<Error> refusal = std::nullopt;
  // That a message was posted, for the figures; it counts once it is committed.
  bool posted = false;

  sqlite::Connection& db() { return tx.db; }
  const realtime::Caller& caller() const { return *call.caller; }
  TimePoint now() const { return tx.now; }
  // For what ends by time.
  TimePoint trusted() const { return tx.trusted; }

  void append(const audit::Record& record) { audit::append_record(tx, record); }

  template <class Event>
  void tell_room(RoomId room, const Event& event) {
    out.push_back(realtime::ToRoom{room, realtime::make_frame(protocol::compose_event(event))});
  }
  template <class Event>
  void tell_user(UserId user, const Event& event) {
    out.push_back(realtime::ToUser{user, realtime::make_frame(protocol::compose_event(event))});
  }
};

// On the peer's network thread, for what is not in the database and for steps on several threads. Must not
// block; the reply may be given later, from any thread.
struct LiveContext {
  realtime::Peer& peer;
  std::shared_ptr<const Call> call;
  Services& services;
  class GroupBatch& batch;

  const realtime::Caller& caller() const { return *call->caller; }
};

}  // namespace wardroom::commands
