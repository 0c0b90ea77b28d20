#include <cassert>

#include "server/net/connection.hpp"
#include "server/net/loop.hpp"
#include "server/net/upgrade.hpp"

// A connection while it speaks HTTP.
namespace wardroom::net {

void Connection::take_http(std::string_view bytes) {
  if (!exchange_->in_request() && !bytes.empty()) {
    // The first request's time began with the connection.
    if (served_) deadline_ = ticks() + to_ticks(loop_.shared().options.request_timeout);
    arm_timer();
  }
  switch (exchange_->feed(bytes)) {
    case HttpExchange::Progress::need_more:
      return;
    case HttpExchange::Progress::wants_continue:
      return queue_bytes("HTTP/1.1 100 Continue\r\n\r\n");
    case HttpExchange::Progress::complete:
      return on_request();
    case HttpExchange::Progress::refused:
      keep_alive_ = false;  // where the next request would begin is unknown
      return refuse(exchange_->refusal());
  }
}

void Connection::on_request() {
  constexpr std::string_view kMethodPrefix = "/api/v1/";
  const HttpRequest& request = exchange_->request();
  const auto path = request.target.substr(0, request.target.find('?'));
  keep_alive_ = request.keep_alive;
  if (is_cross_origin(request))
    return refuse({403, "cross_origin", "Pages of other origins may not use this server.", {}});
  if (request.verb == "GET" && path == protocol::kWebSocketPath) return begin_web_socket();
  const bool is_call = path.starts_with(kMethodPrefix) && path.size() > kMethodPrefix.size() &&
                       path != protocol::kWebSocketPath;
  if (request.verb == "GET" && request.target.starts_with('/')) {
    answering_ = true;
    loop_.shared().sink.on_get(*this, request.target, request.token);
  } else if (request.verb == "POST" && is_call) {
    answering_ = true;
    loop_.shared().sink.on_call(*this, path.substr(kMethodPrefix.size()), request.body, request.token);
  } else if (request.verb == "POST") {
    refuse({404, "not_found", "Methods are called at /api/v1/<method>.", {}});
  } else {
    refuse({405, "method_not_allowed", "Only GET and POST are answered here.", "Allow: GET, POST"});
  }
}

void Connection::refuse(const HttpRefusal& refusal) {
  answering_ = true;
  queue_bytes(compose_refusal(refusal, keep_alive_));
  continue_http();
}

void Connection::answer(realtime::HttpAnswer answer) {
  assert(loop_.is_this_thread());
  if (state_ != State::http || !answering_) return;
  std::string retry;
  if (answer.retry_after_s > 0) retry = "Retry-After: " + std::to_string(answer.retry_after_s);
  queue_bytes(compose_response(answer.status, answer.content_type, answer.body, keep_alive_, retry));
  continue_http();
}

// Posted, because the sink may answer from within on_call, which still reads the request.
void Connection::continue_http() {
  loop_.post([self = shared_from_this()] {
    if (self->state_ != State::http) return;
    if (!self->keep_alive_) return self->begin_closing();
    self->answering_ = false;
    self->served_ = true;
    self->exchange_->next();
    self->deadline_ = self->ticks() + to_ticks(self->loop_.shared().options.keep_alive_timeout);
    self->arm_timer();
    self->take_http({});  // the next request may be here already
    if (!self->waits_readable_) self->read_available();
  });
}

void Connection::begin_web_socket() {
  auto checked = check_upgrade(exchange_->request());
  if (const auto* refusal = std::get_if<HttpRefusal>(&checked)) return refuse(*refusal);
  queue_bytes(std::get<std::string>(std::move(checked)));
  std::string rest = exchange_->take_rest();
  exchange_.reset();
  state_ = State::web_socket;
  is_web_socket_ = true;
  loop_.counters().web_sockets.add();
  deadline_ = ticks() + to_ticks(loop_.shared().options.sign_in_timeout);
  arm_timer();
  if (!rest.empty()) take_frames(rest);
}

}  // namespace wardroom::net
