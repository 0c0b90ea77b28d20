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
      // Where the next request would begin is unknown.
      form_ = {false, exchange_->request().verb == "HEAD"};
      return refuse(exchange_->refusal());
  }
}

void Connection::on_request() {
  constexpr std::string_view kMethodPrefix = "/api/v1/";
  const HttpRequest& request = exchange_->request();
  const auto hosts = loop_.shared().hosts.get();
  const auto path = request.target.substr(0, request.target.find('?'));
  form_ = {request.keep_alive, request.verb == "HEAD"};
  if (is_foreign_host(request, *hosts))
    return refuse({400, "foreign_host", "This server isn't reached by the name in the Host line.", {}});
  if (is_cross_origin(request, *hosts))
    return refuse({403, "cross_origin", "Pages of other origins may not use this server.", {}});
  if (request.verb == "GET" && path == protocol::kWebSocketPath) return begin_web_socket();
  const bool is_call = path.starts_with(kMethodPrefix) && path.size() > kMethodPrefix.size() &&
                       path != protocol::kWebSocketPath;
  if (request.verb == "OPTIONS") {
    answering_ = true;
    answer_options(is_call ? "Allow: OPTIONS, POST" : "Allow: GET, HEAD, OPTIONS");
  } else if ((request.verb == "GET" || form_.head_only) && request.target.starts_with('/')) {
    answering_ = true;
    loop_.shared().sink.on_get(*this, request.target, request.token);
  } else if (request.verb == "POST" && is_call) {
    answering_ = true;
    loop_.shared().sink.on_call(*this, path.substr(kMethodPrefix.size()), request.body, request.token);
  } else if (request.verb == "POST") {
    refuse({404, "not_found", "Methods are called at /api/v1/<method>.", {}});
  } else {
    refuse({405, "method_not_allowed", "Only GET, HEAD, OPTIONS and POST are answered here.",
            "Allow: GET, HEAD, OPTIONS, POST"});
  }
}

// What never reaches the dispatcher is charged here: it costs an answer, too. Over the rate the connection
// ends with it.
void Connection::charge() {
  using Verdict = realtime::TokenBucket::Verdict;
  if (requests.take(loop_.shared().clock.steady()) != Verdict::allowed) form_.keep_alive = false;
}

void Connection::answer_options(std::string_view allow) {
  charge();
  queue_bytes(compose_response(204, {}, {}, form_, allow));
  continue_http();
}

void Connection::refuse(const HttpRefusal& refusal) {
  answering_ = true;
  charge();
  queue_bytes(compose_refusal(refusal, form_));
  continue_http();
}

void Connection::answer(realtime::HttpAnswer answer) {
  assert(loop_.is_this_thread());
  if (state_ != State::http || !answering_) return;
  std::string retry;
  if (answer.retry_after_s > 0) retry = "Retry-After: " + std::to_string(answer.retry_after_s);
  queue_bytes(compose_response(answer.status, answer.content_type, answer.body, form_, retry));
  continue_http();
}

// Posted, because the sink may answer from within on_call, which still reads the request.
void Connection::continue_http() {
  loop_.post([self = shared_from_this()] {
    self->contain([&] {
      if (self->state_ != State::http) return;
      if (!self->form_.keep_alive) return self->begin_closing();
      self->answering_ = false;
      self->served_ = true;
      self->exchange_->next();
      self->deadline_ = self->ticks() + to_ticks(self->loop_.shared().options.keep_alive_timeout);
      self->arm_timer();
      self->take_http({});  // the next request may be here already
      if (!self->waits_readable_) self->read_available();
    });
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
