#include "server/net/http_exchange.hpp"

#include <algorithm>
#include <ctime>
#include <optional>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/none.hpp>

#include "protocol/json_text.hpp"

namespace wardroom::net {
namespace {

namespace beast = boost::beast;
namespace http = boost::beast::http;

std::string_view to_view(beast::string_view text) {
  return {text.data(), text.size()};
}

std::string_view bearer_token(std::string_view authorization) {
  constexpr std::string_view kScheme = "bearer ";
  if (authorization.size() <= kScheme.size()) return {};
  if (!equal_ignoring_case(authorization.substr(0, kScheme.size()), kScheme)) return {};
  authorization.remove_prefix(kScheme.size());
  return authorization;
}

HttpRefusal refusal_for(const beast::error_code& error) {
  if (error == http::error::header_limit)
    return {431, "too_large", "The request's header is over the limit.", {}};
  if (error == http::error::body_limit)
    return {413, "too_large", "The request's body is over the limit.", {}};
  if (error == http::error::bad_version)
    return {505, "request", "Only HTTP/1.0 and HTTP/1.1 are spoken here.", {}};
  return {400, "request", "The request isn't HTTP: " + error.message() + ".", {}};
}

// RFC 9110 section 6.6.1.
std::string http_date() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  char text[40];
  return {text, std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts)};
}

}  // namespace

struct HttpExchange::State {
  explicit State(const Options& options)
      : header_limit(static_cast<std::uint32_t>(options.max_header_bytes)),
        body_limit(options.max_body_bytes),
        anonymous_body_limit(options.max_body_bytes_before_sign_in) {}

  void restart() {
    parser.emplace();
    parser->header_limit(header_limit);
    parser->body_limit(boost::none);  // check_head() knows for which requests there is one
    parser->eager(false);             // stops behind the head, so that it is judged before any body
    head_checked = false;
    continue_said = false;
  }

  // Several lines of a list are one list (RFC 9110 section 5.3).
  std::string list_of(http::field field) const {
    std::string list;
    const auto [first, last] = parser->get().equal_range(field);
    for (auto line = first; line != last; ++line) {
      if (!list.empty()) list += ", ";
      list += to_view(line->value());
    }
    return list;
  }

  // Several lines of cookies are one (RFC 9113 section 8.2.3), but no list as above.
  SessionCookie session_cookie() const {
    SessionCookie found;
    const auto [first, last] = parser->get().equal_range(http::field::cookie);
    for (auto line = first; line != last; ++line) read_cookies(to_view(line->value()), found);
    return found;
  }

  void fill_request() {
    const auto& message = parser->get();
    request.verb = to_view(message.method_string());
    request.target = to_view(message.target());
    request.host = to_view(message[http::field::host]);
    take_authority();
    // Two Origin lines are nobody's browser: an origin that matches no host.
    request.origin = message.count(http::field::origin) > 1 ? "null" : to_view(message[http::field::origin]);
    request.token = bearer_token(to_view(message[http::field::authorization]));
    request.has_authorization = message.count(http::field::authorization) > 0;
    request.cookie = session_cookie();
    request.web_header = to_view(message["X-Wardroom-Web"]);
    request.fetch_site = to_view(message["Sec-Fetch-Site"]);
    request.user_agent = to_view(message[http::field::user_agent]);
    request.accept_encoding = list_of(http::field::accept_encoding);
    request.if_none_match = list_of(http::field::if_none_match);
    request.body = message.body();
    request.connection = list_of(http::field::connection);
    request.upgrade = list_of(http::field::upgrade);
    request.web_socket_key = to_view(message[http::field::sec_websocket_key]);
    request.web_socket_version = to_view(message[http::field::sec_websocket_version]);
    request.web_socket_protocols = list_of(http::field::sec_websocket_protocol);
    request.keep_alive = message.version() >= 11 ? !lists(request.connection, "close")
                                                 : lists(request.connection, "keep-alive");
  }

  // The absolute form, which proxies send, names the host itself (RFC 9112 section 3.2.2).
  void take_authority() {
    for (const std::string_view scheme : {"https://", "http://"}) {
      const auto& target = request.target;
      if (!equal_ignoring_case(target.substr(0, scheme.size()), scheme)) continue;
      const auto end = std::min(target.find_first_of("/?", scheme.size()), target.size());
      request.host = target.substr(scheme.size(), end - scheme.size());
      request.target = end == target.size() ? "/" : target.substr(end);
      return;
    }
  }

  // What the head of a request, which was read, can already be refused for; status 0: nothing.
  HttpRefusal check_head() const {
    const auto& message = parser->get();
    // RFC 9112 section 3.2. HTTP/1.0 knows no Host.
    const auto hosts = message.count(http::field::host);
    if (hosts > 1 || (hosts == 0 && message.version() >= 11))
      return {400, "request", "A request has one Host line.", {}};
    // Section 6.3: what the body's end depends on must be understood, or the rest of the stream would be
    // taken for requests. Beast's parser of chunks asserts on some that come in small pieces, and nothing
    // that we serve needs them: a server may ask for the length.
    if (message.count(http::field::transfer_encoding) > 0) {
      const bool is_plain = message.count(http::field::content_length) == 0 && message.version() >= 11 &&
                            equal_ignoring_case(list_of(http::field::transfer_encoding), "chunked");
      if (is_plain) return {411, "request", "Send the body with a Content-Length, not in chunks.", {}};
      return {400, "request", "The request's Transfer-Encoding isn't understood here.", {}};
    }
    // Without a token nobody may make the server hold a large body.
    const auto announced = parser->content_length();
    if (!is_file_request() && announced && *announced > body_limit)
      return {413, "too_large", "The request's body is over the limit.", {}};
    const bool is_anonymous = request.token.empty() && request.cookie.token.empty();
    if (is_anonymous && announced && *announced > anonymous_body_limit)
      return {413,
              "too_large",
              "Without a token a request's body may have " + std::to_string(anonymous_body_limit) + " bytes.",
              {}};
    return {};
  }

  // Of a request whose head was read.
  bool is_file_request() const {
    return realtime::is_file_path(request.target.substr(0, request.target.find('?')));
  }

  std::string line_of(std::string_view name) const {
    return std::string(to_view(parser->get()[beast::string_view(name.data(), name.size())]));
  }

  std::uint32_t header_limit;
  std::uint64_t body_limit;
  std::uint64_t anonymous_body_limit;
  std::optional<http::request_parser<http::string_body>> parser;
  std::string input;  // received, not yet parsed
  HttpRequest request;
  HttpRefusal refusal;
  bool head_checked = false;
  bool continue_said = false;
};

HttpExchange::HttpExchange(const Options& options) : state_(std::make_unique<State>(options)) {}
HttpExchange::HttpExchange(HttpExchange&&) noexcept = default;
HttpExchange::~HttpExchange() = default;

HttpExchange::Progress HttpExchange::feed(std::string_view bytes) {
  State& state = *state_;
  state.input.append(bytes);
  if (!state.parser) {
    if (state.input.empty()) return Progress::need_more;
    state.restart();
  }
  while (!state.input.empty()) {
    beast::error_code error;
    const std::size_t used = state.parser->put(boost::asio::buffer(state.input), error);
    state.input.erase(0, used);
    if (error && error != http::error::need_more) {
      state.refusal = refusal_for(error);
      return Progress::refused;
    }
    if (state.parser->is_header_done() && !state.head_checked) {
      state.head_checked = true;
      state.fill_request();
      state.refusal = state.check_head();
      if (state.refusal.status != 0) return Progress::refused;
      if (state.is_file_request()) return Progress::head;
    }
    if (state.parser->is_done()) {
      state.fill_request();
      return Progress::complete;
    }
    if (error || used == 0) break;
  }
  if (state.parser->is_header_done() && !state.continue_said &&
      beast::iequals(state.parser->get()[http::field::expect], "100-continue")) {
    state.continue_said = true;
    return Progress::wants_continue;
  }
  return Progress::need_more;
}

// From here on nothing of the request goes through Beast: its body has a length (check_head), and may be
// larger than memory.
realtime::FileRequest HttpExchange::file_request() const {
  const State& state = *state_;
  const HttpRequest& head = state.request;
  realtime::FileRequest file;
  file.verb = head.verb;
  file.path = head.target.substr(0, head.target.find('?'));
  file.is_by_cookie = !head.cookie.token.empty();
  file.token = file.is_by_cookie ? head.cookie.token : head.token;
  file.body_bytes = body_bytes();
  file.tus_resumable = state.line_of("Tus-Resumable");
  file.upload_length = state.line_of("Upload-Length");
  file.upload_defer_length = state.line_of("Upload-Defer-Length");
  file.upload_offset = state.line_of("Upload-Offset");
  file.upload_metadata = state.line_of("Upload-Metadata");
  file.upload_checksum = state.line_of("Upload-Checksum");
  file.method_override = state.line_of("X-HTTP-Method-Override");
  file.content_type = state.line_of("Content-Type");
  file.range = state.line_of("Range");
  file.if_range = state.line_of("If-Range");
  return file;
}

std::int64_t HttpExchange::body_bytes() const {
  return static_cast<std::int64_t>(state_->parser->content_length().value_or(0));
}

bool HttpExchange::take_wants_continue() {
  State& state = *state_;
  const bool wants =
      !state.continue_said && beast::iequals(state.parser->get()[http::field::expect], "100-continue");
  state.continue_said = true;
  return wants;
}

void HttpExchange::keep(std::string_view bytes) {
  state_->input.append(bytes);
}

const HttpRequest& HttpExchange::request() const {
  return state_->request;
}
const HttpRefusal& HttpExchange::refusal() const {
  return state_->refusal;
}
bool HttpExchange::in_request() const {
  return state_->parser.has_value();
}

void HttpExchange::next() {
  state_->parser.reset();
  state_->request = {};
}

std::string HttpExchange::take_rest() {
  return std::exchange(state_->input, {});
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return beast::iequals({a.data(), a.size()}, {b.data(), b.size()});
}

bool lists(std::string_view list, std::string_view token) {
  while (!list.empty()) {
    const auto comma = list.find(',');
    auto entry = list.substr(0, comma);
    while (!entry.empty() && (entry.front() == ' ' || entry.front() == '\t')) entry.remove_prefix(1);
    while (!entry.empty() && (entry.back() == ' ' || entry.back() == '\t')) entry.remove_suffix(1);
    if (equal_ignoring_case(entry, token)) return true;
    if (comma == std::string_view::npos) break;
    list.remove_prefix(comma + 1);
  }
  return false;
}

namespace {

// RFC 9110 has no word for what tus calls 460.
std::string_view reason_of(int status) {
  if (status == 460) return "Checksum Mismatch";
  return to_view(http::obsolete_reason(static_cast<http::status>(status)));
}

}  // namespace

std::string compose_response(const realtime::HttpAnswer& answer, ResponseForm form) {
  // These have no body, and no length of it (RFC 9110 section 8.6).
  const bool is_empty = answer.status == 204 || answer.status == 304;
  const std::string& body = answer.shared_body ? *answer.shared_body : answer.body;
  const auto length = answer.more ? answer.length : static_cast<std::int64_t>(body.size());
  std::string text = "HTTP/1.1 " + std::to_string(answer.status) + " ";
  text += reason_of(answer.status);
  text += "\r\nDate: " + http_date() + "\r\n";
  if (!is_empty) {
    text += "Content-Type: " + answer.content_type;
    text += "\r\nContent-Length: " + std::to_string(length) + "\r\n";
  }
  text += "Cache-Control: " + answer.cache_control + "\r\nX-Content-Type-Options: nosniff\r\n";
  if (!form.keep_alive) text += "Connection: close\r\n";
  if (answer.retry_after_s > 0) text += "Retry-After: " + std::to_string(answer.retry_after_s) + "\r\n";
  text += answer.headers;
  text += "\r\n";
  if (!is_empty && !form.head_only && !answer.more) text += body;
  return text;
}

std::string compose_refusal(const HttpRefusal& refusal, ResponseForm form) {
  std::string body = R"({"type":"about:blank","status":)" + std::to_string(refusal.status) + R"(,"title":)";
  protocol::append_json_string(body, refusal.code);
  body += R"(,"detail":)";
  protocol::append_json_string(body, refusal.detail);
  body += R"(,"code":)";
  protocol::append_json_string(body, refusal.code);
  body += "}";
  realtime::HttpAnswer answer{refusal.status, "application/problem+json", std::move(body)};
  if (!refusal.header.empty()) answer.headers = std::string(refusal.header) + "\r\n";
  return compose_response(answer, form);
}

}  // namespace wardroom::net
