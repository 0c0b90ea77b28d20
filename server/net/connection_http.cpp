#include <algorithm>
#include <cassert>
#include <utility>

#include "server/net/connection.hpp"
#include "server/net/loop.hpp"
#include "server/net/upgrade.hpp"

// A connection while it speaks HTTP.
namespace wardroom::net {

void Connection::take_http(std::string_view bytes) {
  if (receiving_) return take_body(bytes);
  waits_for_room_ = false;
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
    case HttpExchange::Progress::head:
      body_left_ = exchange_->body_bytes();
      return on_request();
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
  const auto name = is_call ? path.substr(kMethodPrefix.size()) : std::string_view{};
  const auto web = find_web_call(request.verb, name);
  if (realtime::is_file_path(path)) {
    on_file_head();
  } else if (request.verb == "OPTIONS") {
    answering_ = true;
    const bool is_ended = find_web_call("DELETE", name).has_value();
    answer_options(is_ended  ? "Allow: DELETE, OPTIONS, POST"
                   : is_call ? "Allow: OPTIONS, POST"
                             : "Allow: GET, HEAD, OPTIONS");
  } else if ((request.verb == "GET" || form_.head_only) && request.target.starts_with('/')) {
    answering_ = true;
    loop_.shared().sink.on_get(
        *this, {request.target, request.token, request.accept_encoding, request.if_none_match});
  } else if (web || (request.verb == "POST" && is_call)) {
    call_method(web.value_or(WebCall{name}), web.has_value());
  } else if (request.verb == "POST") {
    refuse({404, "not_found", "Methods are called at /api/v1/<method>.", {}});
  } else {
    refuse({405, "method_not_allowed", "Only GET, HEAD, OPTIONS and POST are answered here.",
            "Allow: GET, HEAD, OPTIONS, POST"});
  }
}

void Connection::call_method(const WebCall& web, bool is_browser) {
  using Cookie = realtime::HttpCall::Cookie;
  const HttpRequest& request = exchange_->request();
  if (const auto refusal = check_cookie_of_call(request, is_browser)) return refuse(*refusal);
  realtime::HttpCall call{web.method, request.body, request.token, web.cookie, request.user_agent};
  const auto& brought = request.cookie.token;
  if (call.cookie == Cookie::none && !brought.empty()) call.cookie = Cookie::brought;
  // Who signs in anew needn't have a cookie that still holds.
  if (call.cookie == Cookie::brought || call.cookie == Cookie::cleared) call.token = brought;
  answering_ = true;
  loop_.shared().sink.on_call(*this, call);
}

// What never reaches the dispatcher is charged here: it costs an answer, too. Over the rate the connection
// ends with it.
void Connection::charge() {
  using Verdict = realtime::TokenBucket::Verdict;
  if (requests.take(loop_.shared().clock.steady()) != Verdict::allowed) form_.keep_alive = false;
}

void Connection::answer_options(std::string_view allow) {
  charge();
  realtime::HttpAnswer answer{204, {}, {}};
  answer.headers = std::string(allow) + "\r\n";
  queue_bytes(compose_response(answer, form_));
  continue_http();
}

void Connection::refuse(const HttpRefusal& refusal) {
  answering_ = true;
  if (body_left_ > 0) form_.keep_alive = false;
  charge();
  queue_bytes(compose_refusal(refusal, form_));
  continue_http();
}

void Connection::answer(realtime::HttpAnswer answer) {
  assert(loop_.is_this_thread());
  if (state_ != State::http || !answering_) return;
  receiving_ = false;
  // What is left of the body would be taken for the next request.
  if (body_left_ > 0) form_.keep_alive = false;
  queue_bytes(compose_response(answer, form_));
  if (!answer.more || form_.head_only || answer.length == 0) return continue_http();
  end_count();
  more_left_ = answer.length;
  more_ = std::move(answer.more);
}

// ---- Files

void Connection::on_file_head() {
  if (const auto refusal = check_cookie_of_file(exchange_->request())) return refuse(*refusal);
  answering_ = true;
  loop_.shared().sink.on_file(*this, exchange_->file_request());
}

// Posted, because the sink may say so from within on_file, and because its on_body isn't entered twice.
void Connection::receive() {
  assert(loop_.is_this_thread());
  if (state_ != State::http || !answering_ || receiving_) return;
  loop_.post([self = shared_from_this()] {
    self->contain([&] {
      if (self->state_ != State::http || !self->answering_ || self->receiving_ || self->more_) return;
      self->receiving_ = true;
      self->end_count();
      self->heard_ = self->ticks();
      self->arm_timer();
      if (self->exchange_->take_wants_continue()) self->queue_bytes("HTTP/1.1 100 Continue\r\n\r\n");
      const std::string rest = self->exchange_->take_rest();
      self->take_body(rest);
      if (!self->waits_readable_) self->read_available();
    });
  });
}

// One piece after the other, as long as the sink takes them; what came and has no place yet waits where the
// next request would.
void Connection::take_body(std::string_view bytes) {
  while (receiving_ && body_left_ > 0 && !bytes.empty()) {
    const auto size =
        std::min({bytes.size(), static_cast<std::size_t>(body_left_), realtime::RequestSink::kMaxBodyPiece});
    body_left_ -= static_cast<std::int64_t>(size);
    receiving_ = loop_.shared().sink.on_body(*this, bytes.substr(0, size)) && answering_;
    bytes.remove_prefix(size);
  }
  if (!bytes.empty()) exchange_->keep(bytes);
  if (body_left_ > 0 || !answering_) return;
  receiving_ = false;
  // The sink may have paused at the very end: it is told once all the same.
  if (!std::exchange(body_ended_, true)) loop_.shared().sink.on_body_end(*this);
}

void Connection::send_more(std::string piece) {
  assert(loop_.is_this_thread());
  if (state_ != State::http || !more_ || !asked_for_more_) return;
  asked_for_more_ = false;
  const auto size = static_cast<std::int64_t>(piece.size());
  // Of an answer that can't be finished only its end tells: it is shorter than it said.
  if (size == 0 || size > more_left_) return drop();
  more_left_ -= size;
  const bool is_last = more_left_ == 0;
  if (is_last) more_ = {};
  queue_bytes(std::move(piece));
  if (is_last) continue_http();
}

void Connection::ask_for_more() {
  if (!more_ || std::exchange(asked_for_more_, true)) return;
  more_(*this);
}

void Connection::end_transfers() {
  receiving_ = false;
  more_ = {};
}

// Posted, because the sink may answer from within on_call, which still reads the request.
void Connection::continue_http() {
  loop_.post([self = shared_from_this()] {
    self->contain([&] {
      if (self->state_ != State::http) return;
      if (!self->form_.keep_alive) return self->begin_closing();
      self->answering_ = false;
      self->body_ended_ = false;
      self->served_ = true;
      self->exchange_->next();
      self->take_next_request();
    });
  });
}

void Connection::take_next_request() {
  // What is queued goes out first: a client that sends many small requests at once must not have their
  // answers pile up here.
  if (queue_.bytes() > kReadPauseBytes) {
    waits_for_room_ = true;
    return;
  }
  deadline_ = ticks() + to_ticks(loop_.shared().options.keep_alive_timeout);
  arm_timer();
  take_http({});  // the next request may be here already
  if (!waits_readable_) read_available();
}

void Connection::begin_web_socket() {
  auto checked = check_upgrade(exchange_->request());
  if (const auto* refusal = std::get_if<HttpRefusal>(&checked)) return refuse(*refusal);
  if (const auto refusal = check_cookie_of_upgrade(exchange_->request())) return refuse(*refusal);
  cookie_token = Secret(std::string(exchange_->request().cookie.token));
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
