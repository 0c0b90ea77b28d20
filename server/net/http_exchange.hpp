#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "server/net/options.hpp"

namespace wardroom::net {

// One HTTP request as it was received; the views are valid until HttpExchange::next().
struct HttpRequest {
  std::string_view verb;
  std::string_view target;  // path and query
  std::string_view host;    // with the port as sent; of the target where that has one
  std::string_view origin;  // empty: none
  std::string_view token;   // of `Authorization: Bearer`; empty: none
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
    refused,         // refusal() says why; nothing more can be read
  };
  // Takes all of `bytes`; what belongs to the next request is kept for it. With no bytes it goes on with what
  // it has.
  Progress feed(std::string_view bytes);

  const HttpRequest& request() const;
  const HttpRefusal& refusal() const;
  // Whether a request has begun and isn't complete.
  bool in_request() const;
  // Forgets the request that was complete and makes ready for the next.
  void next();
  // What came behind the request: after an upgrade it is the other protocol's.
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
// A whole response. `extra_header` is a header line without its end, or empty.
std::string compose_response(int status, std::string_view content_type, std::string_view body,
                             ResponseForm form, std::string_view extra_header = {});
// A refusal as application/problem+json (RFC 9457).
std::string compose_refusal(const HttpRefusal& refusal, ResponseForm form);

}  // namespace wardroom::net
