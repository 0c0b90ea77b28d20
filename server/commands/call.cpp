#include "server/commands/call.hpp"

#include "common/base/bytes.hpp"
#include "common/base/random.hpp"
#include "protocol/error_table.hpp"
#include "server/commands/browser_session.hpp"

namespace wardroom::commands {

std::string Call::request_id() const {
  // Unique over restarts by its first part, cheap by its second.
  static const std::string kProcess = to_hex(random_bytes<4>());
  return kProcess + "-" + std::to_string(number);
}

audit::Record Call::record(audit::Type type) const {
  audit::Record record{.type = type};
  record.actor.kind = audit::Actor::Kind::nobody;
  if (caller) {
    record.actor = {audit::Actor::Kind::user, caller->user, caller->name,
                    std::string(protocol::enum_name(caller->role))};
    record.session = caller->session;
    record.device = caller->device;
    record.client = caller->client;
  }
  record.ip = source.ip;
  record.tls = source.tls;
  record.request = request_id();
  return record;
}

Answer compose_answer(const Call& call, const Result<std::string>& result) {
  Answer answer;
  if (call.is_websocket) {
    answer.frame =
        realtime::make_frame(result ? protocol::compose_result(call.key, *result)
                                    : protocol::compose_error(call.key, result.error(), call.request_id()));
    return answer;
  }
  using Cookie = realtime::HttpCall::Cookie;
  if (call.cookie == Cookie::cleared && (result || result.error().code == ErrorCode::unauthenticated)) {
    answer.http = answer_signed_out();
    return answer;
  }
  if (call.cookie == Cookie::set && result) {
    if (auto signed_in = answer_signed_in(*result, call.cookie_age)) {
      answer.http = *std::move(signed_in);
      return answer;
    }
    return compose_answer(
        call, make_error(ErrorCode::internal, "The server made a mistake: there is no token in its answer."));
  }
  if (result) {
    answer.http.body = *result;
    return answer;
  }
  const Error& error = result.error();
  answer.http.status = protocol::error_row(error.code).http;
  answer.http.content_type = "application/problem+json";
  answer.http.body = protocol::compose_problem(error, call.request_id());
  answer.http.retry_after_s = (error.retry_after.count() + 999) / 1000;
  return answer;
}

std::function<void(realtime::Peer&)> JsonReply::act_on(const Result<std::string>& result_json) const {
  return [call = call_, answer = compose_answer(*call_, result_json)](realtime::Peer& peer) {
    deliver_answer(peer, *call, answer);
  };
}

// Sign-ins are left out: they take as long as a hash is meant to.
std::function<void(realtime::Peer&)> JsonReply::acknowledge(const Result<std::string>& result_json) const {
  if (!call_->caller) return act_on(result_json);
  return [hub = hub_, call = call_, answer = compose_answer(*call_, result_json)](realtime::Peer& peer) {
    deliver_answer(peer, *call, answer);
    hub->note_acknowledged(peer.id.loop, call->received);
  };
}

void deliver_answer(realtime::Peer& peer, const Call& call, Answer answer) {
  if (peer.signing_in == call.number) peer.signing_in = 0;
  if (call.is_websocket)
    peer.deliver(answer.frame);
  else
    peer.answer(std::move(answer.http));
}

}  // namespace wardroom::commands
