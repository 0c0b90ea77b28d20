#include "server/commands/dispatcher.hpp"

#include "common/base/log.hpp"
#include "server/commands/account/duties.hpp"
#include "server/commands/browser_session.hpp"
#include "server/commands/denial.hpp"
#include "server/commands/sign_in.hpp"
#include "server/credentials/token.hpp"

namespace wardroom::commands {
namespace {

Error not_signed_in() {
  return make_error(ErrorCode::unauthenticated, "Sign in first.");
}

Error no_browsers() {
  return not_found("This server serves no browsers: web.enabled is off.");
}

bool signs_in(const Command& command) {
  return command.door == Door::way_in || command.door == Door::resuming;
}

// How exact a session's last use is when it only makes HTTP calls.
constexpr std::chrono::minutes kUseNotedEvery{5};

// A session that has made calls was used now. Nobody waits for it; it shares the commit of whatever else
// comes.
class UsedJob final : public store::WriteJob {
 public:
  UsedJob(SessionId session, std::string ip) : session_(session), ip_(std::move(ip)) {}
  Result<void> run(store::WriteTx& tx) override {
    store::touch_session(tx.db, session_, ip_, tx.now);
    return ok();
  }
  void finished(const Result<void>&) override {}

 private:
  SessionId session_;
  std::string ip_;
};

}  // namespace

Dispatcher::Dispatcher(Services& services, GroupBatch& batch, Pages pages)
    : services_(services), batch_(batch), pages_(std::move(pages)), files_(services, batch) {}

void Dispatcher::on_open(realtime::Peer& peer) {
  peer.requests = realtime::TokenBucket(services_.settings->request_rate, services_.clock.steady());
  services_.hub.local(peer.id.loop).add(peer);
}

void Dispatcher::on_closed(realtime::Peer& peer) noexcept {
  files_.forget(peer);
  services_.hub.local(peer.id.loop).remove(peer);
}

std::shared_ptr<Call> Dispatcher::make_call(const realtime::Peer& peer, bool is_websocket) {
  auto call = std::make_shared<Call>();
  call->source = peer.source;
  call->peer = peer.id;
  call->is_websocket = is_websocket;
  call->number = requests_.fetch_add(1, std::memory_order_relaxed) + 1;
  return call;
}

void Dispatcher::refuse(realtime::Peer& peer, const Call& call, const Error& error) {
  refusals_.fetch_add(1, std::memory_order_relaxed);
  spdlog::debug("commands.refused code={} reason={} address={}", to_string(error.code), error.reason,
                call.source.ip);
  deliver_answer(peer, call, compose_answer(call, error));
}

void Dispatcher::on_text(realtime::Peer& peer, std::string_view text) {
  // Requests are small and die here, once decoded: their JSON lives on the stack as far as it fits.
  unsigned char buffer[4096];
  boost::json::monotonic_resource arena(buffer);
  auto parsed = protocol::parse_request(text, &arena);
  auto call = make_call(peer, true);
  call->caller = peer.caller();
  if (const auto* bad = std::get_if<protocol::BadRequest>(&parsed)) {
    call->key = bad->key;
    // Nonsense is charged like a request, or it would be the cheapest flood.
    const auto charged = charge(peer, nullptr);
    if (bad->wants_answer) refuse(peer, *call, charged ? bad->error : charged.error());
    return;
  }
  auto& request = std::get<protocol::Request>(parsed);
  call->key = std::move(request.key);
  if (auto charged = charge(peer, find_command(request.method)); !charged)
    return refuse(peer, *call, charged.error());
  pass_gates(peer, std::move(call), request.method, request.params);
}

void Dispatcher::on_call(realtime::Peer& peer, const realtime::HttpCall& http) {
  using Cookie = realtime::HttpCall::Cookie;
  const auto [method, body, token, cookie, user_agent] = http;
  auto call = make_call(peer, false);
  call->cookie = cookie;
  if (auto charged = charge(peer, find_command(method)); !charged)
    return refuse(peer, *call, charged.error());
  auto params = body.empty() ? Result<boost::json::value>(boost::json::object()) : protocol::parse_json(body);
  if (!params) return refuse(peer, *call, params.error());
  if (!params->is_object())
    return refuse(peer, *call, params_error("params", "The body must be a JSON object."));
  const auto settings = services_.settings.load();
  // Signing out always works.
  if (!settings->browsers && (cookie == Cookie::brought || cookie == Cookie::set))
    return refuse(peer, *call, no_browsers());
  if (cookie == Cookie::set) {
    call->cookie_age = settings->session_lifetime;
    name_browser(params->as_object(), user_agent);
  }
  if (token.empty()) return pass_gates(peer, std::move(call), method, *params);

  with_session(
      call, token,
      [this, method = std::string(method), params = std::move(*params)](realtime::Peer& self,
                                                                        const std::shared_ptr<Call>& known) {
        pass_gates(self, known, method, params);
      },
      peer);
}

void Dispatcher::with_session(std::shared_ptr<Call> call, std::string_view token, Known then,
                              realtime::Peer& peer) {
  const auto digest = credentials::parse_token(token);
  const Error over = make_error(ErrorCode::unauthenticated,
                                "The token is not valid, or the session is over. Sign in again.");
  if (!digest) return refuse(peer, *call, over);
  const auto find = [this, call, digest = *digest, over, then = std::move(then)](sqlite::Connection& db) {
    const auto session = store::find_session(db, digest, services_.clock.trusted());
    if (session) call->caller = to_caller(db, *services_.settings.load(), *session);
    // What couldn't be read is no session that is over, and no duty that is done.
    const std::optional<Error> refusal = db.failure() ? db.failure()
                                         : session    ? std::nullopt
                                                      : std::optional(over);
    if (!refusal) note_use(*session, call->source);
    services_.hub.run_on(call->peer, [this, call, refusal, then](realtime::Peer& self) {
      if (refusal) return refuse(self, *call, *refusal);
      then(self, call);
    });
  };
  services_.readers.submit(find, [this, call](const Error& error) {
    services_.hub.run_on(call->peer,
                         [this, call, error](realtime::Peer& self) { refuse(self, *call, error); });
  });
}

// What the bytes of files go through instead of the methods' gates: the same rate, session and duties. The
// rights of the room are asked with the file.
void Dispatcher::on_file(realtime::Peer& peer, realtime::FileRequest request) {
  auto call = make_call(peer, false);
  if (request.is_by_cookie) call->cookie = realtime::HttpCall::Cookie::brought;
  if (auto charged = charge(peer, nullptr); !charged) return refuse(peer, *call, charged.error());
  const auto settings = services_.settings.load();
  if (request.verb == "OPTIONS") return peer.answer(describe_tus(settings->files));
  if (request.is_by_cookie && !settings->browsers) return refuse(peer, *call, no_browsers());
  if (request.token.empty()) return refuse(peer, *call, not_signed_in());
  const std::string token = request.token;
  with_session(
      call, token,
      [this, request = std::move(request)](realtime::Peer& self, const std::shared_ptr<Call>& known) {
        if (known->caller->duties.any()) return refuse(self, *known, duty_error(known->caller->duties));
        files_.begin(known, request);
      },
      peer);
}

bool Dispatcher::on_body(realtime::Peer& peer, std::string_view piece) {
  return files_.take(peer, piece);
}

void Dispatcher::on_body_end(realtime::Peer& peer) {
  files_.end(peer);
}

void Dispatcher::on_get(realtime::Peer& peer, const realtime::PageRequest& request) {
  if (auto charged = charge(peer, nullptr); !charged)
    return refuse(peer, *make_call(peer, false), charged.error());
  peer.answer(pages_(request));
}

void Dispatcher::pass_gates(realtime::Peer& peer, std::shared_ptr<const Call> call, std::string_view method,
                            const boost::json::value& params) {
  const Command* command = find_command(method);
  if (auto passed = check_gates(peer, *call, command, method); !passed)
    return refuse(peer, *call, passed.error());
  if (call->is_websocket && signs_in(*command)) peer.signing_in = call->number;
  // From here it is the handler's: the fields are decoded and named when they are wrong, and what depends on
  // the room or on the moment is decided within the transaction.
  try {
    command->start(*command, Invocation{peer, call, params, services_, batch_});
  } catch (const std::exception& e) {  // no memory for this one
    spdlog::error("commands.start_threw method={} what=\"{}\"", command->method, e.what());
    refuse(peer, *call,
           make_error(ErrorCode::internal, "The server made a mistake; its log has the details."));
  }
}

// Rate, first of all: whatever else is wrong with a request, answering it costs. An unknown method costs one.
Result<void> Dispatcher::charge(realtime::Peer& peer, const Command* command) {
  const auto verdict = peer.requests.take(services_.clock.steady(), command ? command->cost : 1);
  if (verdict == realtime::TokenBucket::Verdict::allowed) return ok();
  if (verdict == realtime::TokenBucket::Verdict::flood)
    peer.close(protocol::CloseCode::flood, "too many requests");
  return Error{
      ErrorCode::rate_limited, "Too many requests. Wait a moment.", {}, {}, peer.requests.retry_after()};
}

Result<void> Dispatcher::check_gates(const realtime::Peer& peer, const Call& call, const Command* command,
                                     std::string_view method) {
  // 1. Known method: an unknown path is refused before anything is looked at.
  if (!command)
    return make_error(ErrorCode::unknown_method,
                      "There is no method " + std::string(method.substr(0, 64)) + ".");
  // 2. The kind of connection that the method needs.
  const bool needs_socket = command->door == Door::socket || command->door == Door::resuming;
  if (needs_socket && !call.is_websocket)
    return make_error(ErrorCode::request, "This method works on a WebSocket only.", "websocket_only");
  if (command->door == Door::way_in && call.is_websocket && call.caller)
    return conflict("already_signed_in", "Somebody is signed in on this connection already.");
  if (call.is_websocket && signs_in(*command) && peer.signing_in != 0)
    return conflict("sign_in_under_way", "A sign-in is under way on this connection. Wait for its answer.");
  // 3. Signed in.
  const bool needs_session = command->door == Door::signed_in || command->door == Door::socket;
  if (needs_session && !call.caller) return not_signed_in();
  // 4. Duties: who must change their password or enrol a second factor does that first.
  if (call.caller && command->door != Door::open && call.caller->duties.any() &&
      !works_despite_duties(method))
    return duty_error(call.caller->duties);
  // 5. The right of the global role, as of the sign-in; changes ask again within their transaction.
  if (command->right) {
    if (auto allowed = domain::authorize(call.caller->role, *command->right); !allowed) {
      record_denial(services_, call, method, allowed.error());
      return allowed;
    }
  }
  return ok();
}

void Dispatcher::note_use(const store::SessionRow& session, const realtime::Source& source) {
  const auto since = services_.clock.now() - session.last_used_at;
  if (since >= since.zero() && since < kUseNotedEvery) return;
  services_.writer.submit(std::make_unique<UsedJob>(session.id, source.ip));
}

}  // namespace wardroom::commands
