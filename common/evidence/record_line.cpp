#include "common/evidence/record_line.hpp"

#include "protocol/json_text.hpp"

namespace wardroom::evidence {
namespace {

Error lacks(const char* field) {
  return make_error(ErrorCode::params, std::string("it has no ") + field + ".", "bad_record");
}

// The value at `path`, or nothing.
const boost::json::value* find(const boost::json::value& json, std::initializer_list<const char*> path) {
  const boost::json::value* at = &json;
  for (const char* name : path) {
    const auto* object = at->if_object();
    at = object ? object->if_contains(name) : nullptr;
    if (!at) return nullptr;
  }
  return at;
}

std::optional<std::int64_t> number(const boost::json::value& json, std::initializer_list<const char*> path) {
  const auto* value = find(json, path);
  const auto* n = value ? value->if_int64() : nullptr;
  return n ? std::optional(*n) : std::nullopt;
}

std::optional<std::string> text(const boost::json::value& json, std::initializer_list<const char*> path) {
  const auto* value = find(json, path);
  const auto* s = value ? value->if_string() : nullptr;
  return s ? std::optional(std::string(*s)) : std::nullopt;
}

}  // namespace

std::string record_name(std::int64_t idx) {
  return "Record " + std::to_string(idx);
}

Result<RecordLine> parse_record_line(std::string_view line) {
  const auto json = protocol::parse_json(line);
  if (!json) return json.error();
  const auto idx = number(*json, {"idx"});
  if (!idx) return lacks("idx");
  const auto ts = text(*json, {"ts"});
  if (!ts) return lacks("time");
  const auto type = text(*json, {"type"});
  if (!type) return lacks("type");
  RecordLine record{
      *idx,
      *ts,
      *type,
      text(*json, {"outcome"}).value_or(""),
      number(*json, {"actor", "id"}),
      number(*json, {"room"}),
      text(*json, {"target", "type"}) == "user" ? number(*json, {"target", "id"}) : std::nullopt,
      text(*json, {"source", "ip"}),
      std::nullopt,
      std::nullopt,
      0,
      1};
  const auto count = number(*json, {"after", "count"});
  const auto root = to_digest(parse_hex(text(*json, {"after", "root"}).value_or("")));
  if (count && root) record.committed = Committed{*count, *root, number(*json, {"after", "v2_since"})};
  const auto first = number(*json, {"after", "first"}), last = number(*json, {"after", "last"});
  if (first && last) record.pruned = {*first, *last};
  record.pruned_count = count.value_or(0);
  record.pruning_rule = static_cast<int>(number(*json, {"after", "rule"}).value_or(1));
  return record;
}

}  // namespace wardroom::evidence
