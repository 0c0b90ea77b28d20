#pragma once

#include <string>
#include <string_view>

#include <boost/json.hpp>

#include "common/base/result.hpp"
#include "protocol/codec.hpp"

// JSON-RPC 2.0 (https://www.jsonrpc.org/specification), as far as Wardroom uses it: single requests with an
// id, responses, notifications. No batches.
namespace wardroom::protocol {

// The id of a request as JSON text, to be echoed: a number or a short string.
using RequestKey = std::string;

struct Request {
  RequestKey key;
  std::string method;
  boost::json::value params;  // an object; {} when left out
};

// What a client receives: the answer to a request, or an event.
struct Incoming {
  RequestKey key;           // empty: an event
  std::string method;       // of an event
  boost::json::value body;  // params of an event, or the result
  std::optional<Error> error;
};

struct BadRequest {
  RequestKey key = "null";  // the id as far as it could be read
  Error error;
  bool wants_answer = true;  // not of a notification, whose sender asks for none (JSON-RPC 2.0 section 4.1)
};

// Server side. On failure the key is the one to answer with.
std::variant<Request, BadRequest> parse_request(std::string_view text, boost::json::storage_ptr storage = {});

// Client side.
Result<Incoming> parse_incoming(std::string_view text);

std::string compose_request(std::int64_t id, std::string_view method, std::string_view params_json);
std::string compose_result(const RequestKey& key, std::string_view result_json);
std::string compose_error(const RequestKey& key, const Error& error, std::string_view request_id);
// RFC 9457, with `code` (the reason), `field`, `retry_after_ms` and `request` as extension members.
std::string compose_problem(const Error& error, std::string_view request_id);
// The error within a problem document or a JSON-RPC error object's own form.
Error parse_problem(std::string_view text, int http_status);

// The text of a notification: {"jsonrpc":"2.0","method":…,"params":…}
template <class Event>
std::string compose_event(const Event& event) {
  std::string text = R"({"jsonrpc":"2.0","method":")";
  text += Event::kName;
  text += R"(","params":)";
  encode_to(text, event);
  text.push_back('}');
  return text;
}

}  // namespace wardroom::protocol
