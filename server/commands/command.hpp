#pragma once

#include <initializer_list>

#include "server/commands/change_job.hpp"

// One row a method: which handler, who may, what it costs, which audit records a change writes.
namespace wardroom::commands {

enum class Door {
  open,       // everybody, always
  way_in,     // where nobody is signed in yet
  resuming,   // a WebSocket; the handler refuses when another session is signed in on it
  signed_in,  // a session
  socket,     // a session, on a WebSocket only
};

struct Invocation {
  realtime::Peer& peer;
  std::shared_ptr<const Call> call;
  const boost::json::value& params;
  Services& services;
  GroupBatch& batch;
};

struct Command {
  std::string_view method;
  Door door = Door::signed_in;
  std::optional<domain::Right> right;  // of the role in the office
  std::optional<domain::RoomAct> act;  // in the room that `room` names; the handler asks it on entering
  double cost = 1;                     // in requests
  std::vector<audit::Type> audits;     // that the command may write
  std::string_view unaudited;          // why a changing command writes none
  bool changes = false;
  void (*start)(const Command& command, Invocation invocation) = nullptr;
  bool is_vital = false;  // written from the reserve when the disk is full
};

// A row that remembers its method, so that the table can be held against the catalogue when it is compiled.
template <class M>
struct Row : Command {
  using Method = M;
};

struct Gate {
  Door door = Door::signed_in;
  std::optional<domain::Right> right;
  double cost = 1;
  std::optional<domain::RoomAct> act;
};

// Why a change leaves no audit record of its own.
struct Unaudited {
  std::string_view why;
};

namespace detail {

template <class M>
std::optional<typename M::Params> decode_params(const Invocation& in) {
  auto params = protocol::decode<typename M::Params>(in.params, "params");
  if (params) return std::move(*params);
  Reply<M>(in.services.hub, in.call)(params.error());
  return std::nullopt;
}

// The result as JSON. Reader thread.
using Reading = std::function<Result<std::string>(ReadContext&)>;
void submit_reading(std::string_view method, const Invocation& in, Reading reading);

template <class M, auto Handler>
void start_read(const Command& command, Invocation in) {
  auto params = decode_params<M>(in);
  if (!params) return;
  submit_reading(command.method, in, [params = std::move(*params)](ReadContext& context) {
    return encode_result<typename M::Result>(Handler(context, params));
  });
}

template <class M, auto Handler>
void start_change(const Command& command, Invocation in) {
  auto params = decode_params<M>(in);
  if (!params) return;
  submit_change<M>(in.services, in.batch, Reply<M>(in.services.hub, in.call), command.right,
                   [params = std::move(*params)](WriteContext& context) { return Handler(context, params); });
}

template <class M, auto Handler>
void start_live(const Command&, Invocation in) {
  auto params = decode_params<M>(in);
  if (!params) return;
  LiveContext context{in.peer, in.call, in.services, in.batch};
  Handler(context, std::move(*params), Reply<M>(in.services.hub, in.call, &in.services));
}

}  // namespace detail

// Handler: Result<M::Result>(ReadContext&, const M::Params&)
template <class M, auto Handler>
Row<M> reads(Gate gate) {
  return {
      {M::kName, gate.door, gate.right, gate.act, gate.cost, {}, {}, false, &detail::start_read<M, Handler>}};
}

// Handler: Result<M::Result>(WriteContext&, const M::Params&)
template <class M, auto Handler>
Row<M> changes(Gate gate, std::initializer_list<audit::Type> audits) {
  return {{M::kName,
           gate.door,
           gate.right,
           gate.act,
           gate.cost,
           audits,
           {},
           true,
           &detail::start_change<M, Handler>}};
}
template <class M, auto Handler>
Row<M> changes(Gate gate, Unaudited why) {
  return {{M::kName,
           gate.door,
           gate.right,
           gate.act,
           gate.cost,
           {},
           why.why,
           true,
           &detail::start_change<M, Handler>}};
}

// Handler: void(LiveContext&, M::Params, Reply<M>)
template <class M, auto Handler>
Row<M> works_live(Gate gate, std::initializer_list<audit::Type> audits) {
  return {{M::kName,
           gate.door,
           gate.right,
           gate.act,
           gate.cost,
           audits,
           {},
           audits.size() > 0,
           &detail::start_live<M, Handler>}};
}

// For who signs in or out, for what shuts people out or takes that back, and for readings that leave a
// record.
template <class M>
Row<M> vital(Row<M> row) {
  row.is_vital = true;
  return row;
}

}  // namespace wardroom::commands
