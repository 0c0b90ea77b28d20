#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "server/net/options.hpp"
#include "server/net/session_cookie.hpp"
#include "server/realtime/peer.hpp"

namespace wardroom::net {

// One HTTP request as it was received; the views are valid until HttpExchange::next().
struct HttpRequest {
  std::string_view verb;
  std::string_view target;         // path and query
  std::string_view host;           // with the port as sent; of the target where that has one
  std::string_view origin;         // empty: none
  std::string_view token;          // of `Authorization: Bearer`; empty: none
  bool has_authorization = false;  // of whatever scheme
  SessionCookie cookie;
  std::string_view web_header;  // X-Wardroom-Web
  std::string_view fetch_site;  // Sec-Fetch-Site: which page made a browser ask; empty: it doesn't say
  std::string_view user_agent;
  std::string accept_encoding;
  std::string if_none_match;
  std::string_view body;
  std::string connection;  // of several lines one list, as in all lists below
  std::string upgrade;
  std::string_view web_socket_key;
  std::string_view web_socket_version;
  std::string web_socket_protocols;
  bool keep_alive = false;
};

// An answer of net's own to a request that never reaches the dispatcher.
struct HttpRefusal {
  int status = 0;
  std::string_view code;    // snake_case, in the problem document
  std::string detail;       // a sentence
  std::string_view header;  // one more header line without its line end; empty: none
};

// Reads the requests of one connection, one after the other (RFC 9112), within the limits of the options.
// Pure: bytes in, requests out. Exists only while the connection speaks HTTP. One thread.
class HttpExchange {
 public:
  explicit HttpExchange(const Options& options);
  HttpExchange(HttpExchange&&) noexcept;
  ~HttpExchange();

  enum class Progress {
    need_more,
    wants_continue,  // the client waits for `100 Continue`; said once a request
    complete,        // request() is there
    head,            // of a request about files: request() is there, without its body (file_request())
    refused,         // refusal() says why; nothing more can be read
  };
  // Takes all of `bytes`; what belongs to the next request is kept for it. With no bytes it goes on with what
  // it has.
  Progress feed(std::string_view bytes);

  const HttpRequest& request() const;
  // After `head`. The body is what keep() and take_rest() give; whether the client waits for `100 Continue`
  // before it sends any is asked once.
  realtime::FileRequest file_request() const;
  std::int64_t body_bytes() const;
  bool take_wants_continue();
  // What belongs to the next request.
  void keep(std::string_view bytes);
  const HttpRefusal& refusal() const;
  // Whether a request has begun and isn't complete.
  bool in_request() const;
  // Forgets the request that was complete and makes ready for the next.
  void next();
  // What came behind the request, or behind its head: after an upgrade it is the other protocol's.
  std::string take_rest();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Of ASCII letters.
bool equal_ignoring_case(std::string_view a, std::string_view b);
// Whether a comma-separated list has the token, in whatever case.
bool lists(std::string_view list, std::string_view token);

// What of a response follows from the request that it answers.
struct ResponseForm {
  bool keep_alive = false;
  bool head_only = false;  // a HEAD is answered like a GET, without the body
};
// A whole response; without its body where that comes in pieces.
std::string compose_response(const realtime::HttpAnswer& answer, ResponseForm form);
// A refusal as application/problem+json (RFC 9457).
std::string compose_refusal(const HttpRefusal& refusal, ResponseForm form);

}  // namespace wardroom::net
