#include "common/evidence/record_fields.hpp"

#include "common/base/utf8.hpp"
#include "protocol/json_text.hpp"

namespace wardroom::evidence {

Result<RecordFields> RecordFields::parse(std::string_view line) {
  auto json = protocol::parse_json(line);
  if (!json) return json.error();
  RecordFields fields(std::move(*json));
  if (fields.at("idx").empty() || fields.at("type").empty())
    return make_error(ErrorCode::params, "This isn't an audit record.", "bad_record");
  return fields;
}

std::string RecordFields::at(std::string_view name, std::string_view inner) const {
  const boost::json::value* value = &json_;
  for (const auto key : {name, inner}) {
    if (key.empty()) continue;
    const auto* object = value->if_object();
    value = object ? object->if_contains(key) : nullptr;
    if (!value) return {};
  }
  if (const auto* text = value->if_string()) return escape_unseen({text->data(), text->size()});
  return escape_unseen(boost::json::serialize(*value));
}

}  // namespace wardroom::evidence
