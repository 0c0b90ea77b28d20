#include "protocol/codec.hpp"

#include <charconv>

namespace wardroom::protocol::detail {

std::string_view find_enum_name(std::span<const EnumRow> rows, std::int64_t value) {
  for (const EnumRow& row : rows)
    if (row.value == value) return row.name;
  return "unknown";
}

const EnumRow* find_enum_row(std::span<const EnumRow> rows, std::string_view name) {
  for (const EnumRow& row : rows)
    if (row.name == name) return &row;
  return nullptr;
}

std::string join_enum_names(std::span<const EnumRow> rows) {
  std::string text;
  for (const EnumRow& row : rows) {
    if (!text.empty()) text += ", ";
    text += row.name;
  }
  return text;
}

Error type_error(const std::string& path, std::string_view expected) {
  return params_error(path, path + " must be " + std::string(expected) + ".");
}

Result<void> decode_scalar(bool& out, const boost::json::value& json, const std::string& path) {
  if (!json.is_bool()) return type_error(path, "true or false");
  out = json.get_bool();
  return ok();
}

Result<void> decode_scalar(std::int64_t& out, const boost::json::value& json, const std::string& path) {
  if (!json.is_int64()) return type_error(path, "a whole number");
  out = json.get_int64();
  return ok();
}

Result<void> decode_scalar(TimePoint& out, const boost::json::value& json, const std::string& path) {
  if (!json.is_int64()) return type_error(path, "a time in Unix milliseconds");
  out = from_unix_ms(json.get_int64());
  return ok();
}

Result<void> decode_scalar(std::string& out, const boost::json::value& json, const std::string& path) {
  if (!json.is_string()) return type_error(path, "a string");
  out.assign(json.get_string().data(), json.get_string().size());
  return ok();
}

Result<void> decode_scalar(Secret& out, const boost::json::value& json, const std::string& path) {
  if (!json.is_string()) return type_error(path, "a string");
  out = Secret(std::string(json.get_string()));
  return ok();
}

Result<void> decode_scalar(RawJson& out, const boost::json::value& json, const std::string&) {
  out.text = boost::json::serialize(json);
  return ok();
}

Result<void> decode_id(std::int64_t& out, const boost::json::value& json, const std::string& path) {
  if (!json.is_int64() || json.get_int64() < 0) return type_error(path, "a number, 0 or more");
  out = json.get_int64();
  return ok();
}

Result<void> decode_enum(std::int64_t& out, std::span<const EnumRow> rows, const boost::json::value& json,
                         const std::string& path) {
  const EnumRow* row = json.is_string() ? find_enum_row(rows, json.get_string()) : nullptr;
  if (!row) return type_error(path, "one of: " + join_enum_names(rows));
  out = row->value;
  return ok();
}

Result<void> decode_key(std::int64_t& out, std::string_view key, std::string& path) {
  path += ".";
  path += key;
  const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), out);
  if (error != std::errc{} || end != key.data() + key.size() || out < 0)
    return type_error(path, "named by a number");
  return ok();
}

void append_index(std::string& path, std::size_t index) {
  path += "[" + std::to_string(index) + "]";
}

void encode_scalar(std::string& out, bool value) {
  out += value ? "true" : "false";
}
void encode_scalar(std::string& out, std::int64_t value) {
  append_number(out, value);
}
void encode_scalar(std::string& out, TimePoint value) {
  append_number(out, to_unix_ms(value));
}
void encode_scalar(std::string& out, const std::string& value) {
  append_json_string(out, value);
}
void encode_scalar(std::string& out, const Secret& value) {
  append_json_string(out, value.reveal());
}
void encode_scalar(std::string& out, const RawJson& value) {
  out += value.text;
}

Result<void> decode_object(void* object, std::span<const Field> fields, const boost::json::value& json,
                           std::string& path) {
  if (!json.is_object()) return type_error(path, "an object");
  const auto& members = json.get_object();
  const std::size_t base = path.size();
  for (const Field& field : fields) {
    path += ".";
    path += field.name;
    if (const auto* found = members.if_contains(field.name)) {
      if (auto done = field.decode(object, *found, path); !done) return done;
    } else if (!field.is_optional) {
      return params_error(path, path + " is missing.");
    }
    path.resize(base);
  }
  return ok();
}

void encode_object(std::string& out, std::span<const Field> fields, const void* object) {
  out.push_back('{');
  bool first = true;
  for (const Field& field : fields) {
    if (field.is_absent(object)) continue;
    if (!first) out.push_back(',');
    first = false;
    out.push_back('"');
    out += field.name;
    out += "\":";
    field.encode(out, object);
  }
  out.push_back('}');
}

}  // namespace wardroom::protocol::detail
