#include "server/audit/details.hpp"

#include "protocol/json_text.hpp"

namespace wardroom::audit {

JsonValue::JsonValue(std::string_view text) {
  protocol::append_json_string(json_, text);
}

JsonValue::JsonValue(TimePoint at) : JsonValue(to_rfc3339(at)) {}

Details::Details(std::initializer_list<Member> members) {
  for (const Member& member : members) add(member.name, member.value);
}

Details& Details::add(std::string_view name, const JsonValue& value) {
  if (json_.empty())
    json_.push_back('{');
  else
    json_.back() = ',';
  protocol::append_json_string(json_, name);
  json_.push_back(':');
  json_ += value.json();
  json_.push_back('}');
  return *this;
}

}  // namespace wardroom::audit
