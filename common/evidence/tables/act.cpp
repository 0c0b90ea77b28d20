#include "common/evidence/tables/act.hpp"

#include "protocol/json_text.hpp"

namespace wardroom::evidence {
namespace {

std::string as_field(const boost::json::value& value) {
  if (value.is_null()) return "none";
  if (const auto* text = value.if_string()) return std::string(text->data(), text->size());
  return boost::json::serialize(value);
}

}  // namespace

Result<Act> Act::parse(std::string_view line) {
  auto json = protocol::parse_json(line);
  if (!json) return json.error();
  Act act;
  act.json_ = std::move(*json);
  const auto* idx = act.find({"idx"});
  if (!idx || !idx->is_int64()) return make_error(ErrorCode::params, "It has no index.", "bad_record");
  act.idx_ = idx->get_int64();
  act.type_ = act.at({"type"}).value_or("");
  return act;
}

std::int64_t Act::after_number(const char* field) const {
  const auto* value = find({"after", field});
  const auto* number = value ? value->if_int64() : nullptr;
  return number ? *number : 0;
}

std::optional<std::string> Act::client() const {
  if (!at({"source"})) return std::nullopt;
  return at({"source", "client"}).value_or("");
}

const boost::json::array* Act::after_array(const char* field) const {
  const auto* value = find({"after", field});
  return value ? value->if_array() : nullptr;
}

std::vector<std::string> Act::after_list(const char* field) const {
  std::vector<std::string> items;
  if (const auto* list = after_array(field))
    for (const auto& item : *list) items.push_back(as_field(item));
  return items;
}

const boost::json::value* Act::find(std::initializer_list<const char*> path) const {
  const boost::json::value* at = &json_;
  for (const char* name : path) {
    const auto* object = at->if_object();
    at = object ? object->if_contains(name) : nullptr;
    if (!at) return nullptr;
  }
  return at;
}

std::optional<std::string> Act::at(std::initializer_list<const char*> path) const {
  const auto* value = find(path);
  return value ? std::optional(as_field(*value)) : std::nullopt;
}

std::string join(const std::vector<std::string>& items) {
  std::string text;
  for (const auto& item : items) text += (text.empty() ? "" : ",") + item;
  return text;
}

}  // namespace wardroom::evidence
