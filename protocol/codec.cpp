#include "protocol/codec.hpp"

#include <charconv>
#include <cstring>

namespace wardroom::protocol::detail {
namespace {

template <class T>
T& as(void* value) {
  return *static_cast<T*>(value);
}
template <class T>
const T& as(const void* value) {
  return *static_cast<const T*>(value);
}

Error type_error(const std::string& path, std::string_view expected) {
  return params_error(path, path + " must be " + std::string(expected) + ".");
}

// An enumerator may not be reached as the int that it is made of, but copied.
int enum_value(const void* value) {
  int number = 0;
  std::memcpy(&number, value, sizeof number);
  return number;
}

Result<void> decode_enum(std::span<const EnumRow> rows, void* out, const boost::json::value& json,
                         const std::string& path) {
  const EnumRow* row = json.is_string() ? find_enum_row(rows, json.get_string()) : nullptr;
  if (!row) return type_error(path, "one of: " + join_enum_names(rows));
  const int number = static_cast<int>(row->value);
  std::memcpy(out, &number, sizeof number);
  return ok();
}

// Takes the number that names a member of a map, and adds it to the path.
Result<void> decode_key(std::int64_t& out, std::string_view key, std::string& path) {
  path += ".";
  path += key;
  const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), out);
  if (error != std::errc{} || end != key.data() + key.size() || out < 0)
    return type_error(path, "named by a number");
  return ok();
}

Result<void> decode_object(const TypeInfo& type, void* out, const boost::json::value& json,
                           std::string& path) {
  if (!json.is_object()) return type_error(path, "an object");
  const auto& members = json.get_object();
  const std::size_t base = path.size();
  for (const Field& field : type.fields) {
    path += ".";
    path += field.name;
    if (const auto* found = members.if_contains(field.name)) {
      if (auto done = decode_value(*field.type, field.at(out), *found, path); !done) return done;
    } else if (field.type->kind != Kind::optional) {
      return params_error(path, path + " is missing.");
    }
    path.resize(base);
  }
  return ok();
}

Result<void> decode_array(const Container& container, void* out, const boost::json::value& json,
                          std::string& path) {
  if (!json.is_array()) return type_error(path, "an array");
  const auto& array = json.get_array();
  container.reset(out, array.size());
  const std::size_t base = path.size();
  for (std::size_t i = 0; i < array.size(); ++i) {
    path += "[" + std::to_string(i) + "]";
    if (auto done = decode_value(*container.element, container.append(out, 0), array[i], path); !done)
      return done;
    path.resize(base);
  }
  return ok();
}

Result<void> decode_map(const Container& container, void* out, const boost::json::value& json,
                        std::string& path) {
  if (!json.is_object()) return type_error(path, "an object");
  const std::size_t base = path.size();
  for (const auto& [key, value] : json.get_object()) {
    std::int64_t number = 0;
    if (auto done = decode_key(number, key, path); !done) return done;
    if (auto done = decode_value(*container.element, container.append(out, number), value, path); !done)
      return done;
    path.resize(base);
  }
  return ok();
}

void encode_object(std::string& out, const TypeInfo& type, const void* value) {
  // The accessors serve both ways; nothing is written through them here.
  void* const object = const_cast<void*>(value);
  out.push_back('{');
  bool first = true;
  for (const Field& field : type.fields) {
    const void* const member = field.at(object);
    if (field.type->kind == Kind::optional && field.type->container->size(member) == 0) continue;
    if (!first) out.push_back(',');
    first = false;
    out.push_back('"');
    out += field.name;
    out += "\":";
    encode_value(out, *field.type, member);
  }
  out.push_back('}');
}

// The elements between the brackets, those of a map with their numbers.
void encode_elements(std::string& out, const TypeInfo& type, const void* value) {
  struct Walk {
    std::string& out;
    const TypeInfo& element;
    bool named;
    bool first = true;
  } walk{out, *type.container->element, type.kind == Kind::map};
  type.container->each(value, &walk, [](void* context, std::int64_t key, const void* element) {
    auto& w = as<Walk>(context);
    if (!w.first) w.out.push_back(',');
    w.first = false;
    if (w.named) {
      w.out.push_back('"');
      append_number(w.out, key);
      w.out += "\":";
    }
    encode_value(w.out, w.element, element);
  });
}

}  // namespace

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

Result<void> decode_value(const TypeInfo& type, void* out, const boost::json::value& json,
                          std::string& path) {
  switch (type.kind) {
    case Kind::boolean:
      if (!json.is_bool()) return type_error(path, "true or false");
      as<bool>(out) = json.get_bool();
      return ok();
    case Kind::integer:
      if (!json.is_int64()) return type_error(path, "a whole number");
      as<std::int64_t>(out) = json.get_int64();
      return ok();
    case Kind::time:
      if (!json.is_int64()) return type_error(path, "a time in Unix milliseconds");
      as<TimePoint>(out) = from_unix_ms(json.get_int64());
      return ok();
    case Kind::text:
      if (!json.is_string()) return type_error(path, "a string");
      as<std::string>(out).assign(json.get_string().data(), json.get_string().size());
      return ok();
    case Kind::secret:
      if (!json.is_string()) return type_error(path, "a string");
      as<Secret>(out) = Secret(std::string(json.get_string()));
      return ok();
    case Kind::raw_json:
      as<RawJson>(out).text = boost::json::serialize(json);
      return ok();
    case Kind::id:
      if (!json.is_int64() || json.get_int64() < 0) return type_error(path, "a number, 0 or more");
      as<std::int64_t>(out) = json.get_int64();  // the only member of a Strong
      return ok();
    case Kind::enumeration:
      return decode_enum(type.names, out, json, path);
    case Kind::optional:
      if (json.is_null()) return ok();
      return decode_value(*type.container->element, type.container->append(out, 0), json, path);
    case Kind::array:
      return decode_array(*type.container, out, json, path);
    case Kind::map:
      return decode_map(*type.container, out, json, path);
    case Kind::object:
      return decode_object(type, out, json, path);
  }
  return ok();
}

void encode_value(std::string& out, const TypeInfo& type, const void* value) {
  switch (type.kind) {
    case Kind::boolean:
      out += as<bool>(value) ? "true" : "false";
      return;
    case Kind::integer:
      return append_number(out, as<std::int64_t>(value));
    case Kind::time:
      return append_number(out, to_unix_ms(as<TimePoint>(value)));
    case Kind::text:
      return append_json_string(out, as<std::string>(value));
    case Kind::secret:
      return append_json_string(out, as<Secret>(value).reveal());
    case Kind::raw_json:
      out += as<RawJson>(value).text;
      return;
    case Kind::id:
      return append_number(out, as<std::int64_t>(value));
    case Kind::enumeration:
      return append_json_string(out, find_enum_name(type.names, enum_value(value)));
    case Kind::optional:
      if (type.container->size(value) == 0) out += "null";
      return encode_elements(out, type, value);
    case Kind::array:
      out.push_back('[');
      encode_elements(out, type, value);
      out.push_back(']');
      return;
    case Kind::map:
      out.push_back('{');
      encode_elements(out, type, value);
      out.push_back('}');
      return;
    case Kind::object:
      return encode_object(out, type, value);
  }
}

}  // namespace wardroom::protocol::detail
