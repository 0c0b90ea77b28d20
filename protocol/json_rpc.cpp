#include "protocol/json_rpc.hpp"

#include "protocol/error_table.hpp"

namespace wardroom::protocol {
namespace {

constexpr std::size_t kMaxKeyBytes = 64;

void append_member(std::string& out, std::string_view name, std::string_view value) {
  out += ",\"";
  out += name;
  out += "\":";
  append_json_string(out, value);
}

std::string_view reason_of(const Error& error) {
  return error.reason.empty() ? to_string(error.code) : std::string_view(error.reason);
}

// The members that JSON-RPC's `data` and a problem document share.
void append_details(std::string& out, const Error& error, std::string_view request_id) {
  out += "\"code\":";
  append_json_string(out, reason_of(error));
  if (!error.field.empty()) append_member(out, "field", error.field);
  if (error.retry_after.count() > 0) {
    out += ",\"retry_after_ms\":";
    append_number(out, error.retry_after.count());
  }
  if (!request_id.empty()) append_member(out, "request", request_id);
}

void read_details(Error& error, const boost::json::object& data) {
  if (const auto* code = data.if_contains("code"); code && code->is_string()) {
    error.reason = std::string(code->get_string());
    if (error.reason == to_string(error.code)) error.reason.clear();
  }
  if (const auto* field = data.if_contains("field"); field && field->is_string())
    error.field = std::string(field->get_string());
  if (const auto* retry = data.if_contains("retry_after_ms"); retry && retry->is_int64())
    error.retry_after = std::chrono::milliseconds{retry->get_int64()};
}

Error read_error(const boost::json::value& json) {
  Error error{ErrorCode::internal, "The server sent an error that isn't one.", {}, {}, {}};
  const auto* object = json.if_object();
  if (!object) return error;
  if (const auto* number = object->if_contains("code"); number && number->is_int64())
    for (const auto& row : kErrorTable)
      if (row.rpc == number->get_int64()) error.code = row.code;
  if (const auto* message = object->if_contains("message"); message && message->is_string())
    error.message = std::string(message->get_string());
  if (const auto* data = object->if_contains("data"); data && data->is_object())
    read_details(error, data->get_object());
  return error;
}

}  // namespace

std::variant<Request, BadRequest> parse_request(std::string_view text, boost::json::storage_ptr storage) {
  auto json = parse_json(text, std::move(storage));
  if (!json) return BadRequest{"null", json.error()};
  const auto bad = [](RequestKey key, std::string message) {
    return BadRequest{std::move(key), make_error(ErrorCode::request, std::move(message))};
  };
  auto* object = json->if_object();
  if (!object) return bad("null", "A request is a JSON object.");

  Request request{"null", {}, boost::json::object(json->storage())};
  if (const auto* id = object->if_contains("id"); id && (id->is_int64() || id->is_string()))
    request.key = boost::json::serialize(*id);
  if (request.key == "null") {
    BadRequest nameless = bad("null", "A request needs an `id`, a whole number or a string.");
    const auto* method = object->if_contains("method");
    nameless.wants_answer = object->contains("id") || !method || !method->is_string();
    return nameless;
  }
  if (request.key.size() > kMaxKeyBytes) return bad("null", "The request's `id` is longer than 62 bytes.");

  const auto* version = object->if_contains("jsonrpc");
  if (!version || *version != "2.0") return bad(request.key, "A request needs \"jsonrpc\":\"2.0\".");
  const auto* method = object->if_contains("method");
  if (!method || !method->is_string()) return bad(request.key, "A request needs a `method`, a string.");
  request.method = std::string(method->get_string());
  if (auto* params = object->if_contains("params")) {
    if (!params->is_object())
      return BadRequest{request.key, params_error("params", "params must be an object.")};
    request.params = std::move(*params);
  }
  return request;
}

Result<Incoming> parse_incoming(std::string_view text) {
  auto json = parse_json(text);
  if (!json) return json.error();
  auto* object = json->if_object();
  if (!object) return make_error(ErrorCode::request, "The server sent JSON that isn't an object.");
  Incoming incoming;
  if (const auto* id = object->if_contains("id")) incoming.key = boost::json::serialize(*id);
  if (auto* failure = object->if_contains("error"))
    incoming.error = read_error(*failure);
  else if (auto* result = object->if_contains("result"))
    incoming.body = std::move(*result);
  else if (const auto* method = object->if_contains("method"); method && method->is_string()) {
    incoming.method = std::string(method->get_string());
    if (auto* params = object->if_contains("params")) incoming.body = std::move(*params);
  } else {
    return make_error(ErrorCode::request, "The server sent neither an answer nor an event.");
  }
  return incoming;
}

std::string compose_request(std::int64_t id, std::string_view method, std::string_view params_json) {
  std::string text = R"({"jsonrpc":"2.0","id":)";
  append_number(text, id);
  text += R"(,"method":)";
  append_json_string(text, method);
  text += R"(,"params":)";
  text += params_json;
  text.push_back('}');
  return text;
}

std::string compose_result(const RequestKey& key, std::string_view result_json) {
  std::string text = R"({"jsonrpc":"2.0","id":)";
  text += key;
  text += R"(,"result":)";
  text += result_json;
  text.push_back('}');
  return text;
}

std::string compose_error(const RequestKey& key, const Error& error, std::string_view request_id) {
  std::string text = R"({"jsonrpc":"2.0","id":)";
  text += key;
  text += R"(,"error":{"code":)";
  append_number(text, error_row(error.code).rpc);
  append_member(text, "message", error.message);
  text += ",\"data\":{";
  append_details(text, error, request_id);
  text += "}}}";
  return text;
}

std::string compose_problem(const Error& error, std::string_view request_id) {
  std::string text = R"({"type":"about:blank","status":)";
  append_number(text, error_row(error.code).http);
  append_member(text, "title", to_string(error.code));
  append_member(text, "detail", error.message);
  text.push_back(',');
  append_details(text, error, request_id);
  text.push_back('}');
  return text;
}

Error parse_problem(std::string_view text, int http_status) {
  Error error{ErrorCode::internal,
              "The server answered with HTTP status " + std::to_string(http_status) + ".",
              {},
              {},
              {}};
  const auto json = parse_json(text);
  const auto* object = json ? json->if_object() : nullptr;
  if (!object) return error;
  const auto* title = object->if_contains("title");
  if (title && title->is_string())
    for (const auto& row : kErrorTable)
      if (to_string(row.code) == title->get_string()) error.code = row.code;
  if (const auto* detail = object->if_contains("detail"); detail && detail->is_string())
    error.message = std::string(detail->get_string());
  read_details(error, *object);
  return error;
}

}  // namespace wardroom::protocol
