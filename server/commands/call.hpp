#pragma once

#include <memory>
#include <optional>

#include "protocol/codec.hpp"
#include "protocol/json_rpc.hpp"
#include "server/audit/record.hpp"
#include "server/realtime/hub.hpp"

namespace wardroom::commands {

// Who calls, from where, as of the moment the call came in. A value; travels between threads.
struct Call {
  std::optional<realtime::Caller> caller;
  realtime::Source source;
  realtime::PeerId peer;
  bool is_websocket = false;
  realtime::HttpCall::Cookie cookie = realtime::HttpCall::Cookie::none;
  std::chrono::seconds cookie_age{};  // of one that the answer sets
  protocol::RequestKey key;           // JSON-RPC id; empty over HTTP
  std::uint64_t number = 0;           // of the request, since the server started
  std::chrono::steady_clock::time_point received = std::chrono::steady_clock::now();

  // Links a reply, a log line and an audit record.
  std::string request_id() const;
  // An audit record with actor, session and source filled in.
  audit::Record record(audit::Type type) const;
};

// The whole answer to a call, ready for the connection. Composing it needs no particular thread.
struct Answer {
  realtime::FramePtr frame;   // WebSocket
  realtime::HttpAnswer http;  // HTTP
};
Answer compose_answer(const Call& call, const Result<std::string>& result_json);
void deliver_answer(realtime::Peer& peer, const Call& call, Answer answer);

template <class T>
Result<std::string> encode_result(const Result<T>& result) {
  if (!result) return result.error();
  return protocol::encode(*result);
}

// Answers one call, once, from any thread.
class JsonReply {
 public:
  JsonReply(realtime::Hub& hub, std::shared_ptr<const Call> call) : hub_(&hub), call_(std::move(call)) {}

  const Call& call() const { return *call_; }
  std::shared_ptr<const Call> shared_call() const { return call_; }

  void send(const Result<std::string>& result_json) const { hub_->run_on(call_->peer, act_on(result_json)); }
  // The same as something that the peer's thread is to do, for a place in a batch.
  std::function<void(realtime::Peer&)> act_on(const Result<std::string>& result_json) const;
  // The same of a change, of which it is noted how long it took.
  std::function<void(realtime::Peer&)> acknowledge(const Result<std::string>& result_json) const;

 private:
  realtime::Hub* hub_;
  std::shared_ptr<const Call> call_;
};

struct Services;
// In denial.hpp; here for who answers from outside of the writer and the readers' own jobs.
void record_denial(Services& services, const Call& call, std::string_view method, const Error& refusal);

// The same with the method's own result. With `services` a refusal for what the person is becomes a record,
// too: of a handler that works live nobody else sees how it ends.
template <class M>
class Reply : public JsonReply {
 public:
  Reply(realtime::Hub& hub, std::shared_ptr<const Call> call, Services* services = nullptr)
      : JsonReply(hub, std::move(call)), services_(services) {}

  void operator()(const Result<typename M::Result>& result) const {
    if (!result && services_) record_denial(*services_, this->call(), M::kName, result.error());
    send(encode_result(result));
  }
  std::function<void(realtime::Peer&)> act(const Result<typename M::Result>& result) const {
    return act_on(encode_result(result));
  }

 private:
  Services* services_;  // outlives every call
};

}  // namespace wardroom::commands
