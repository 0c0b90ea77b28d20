#pragma once

#include <charconv>
#include <type_traits>

#include <boost/describe.hpp>
#include <boost/json.hpp>
#include <boost/mp11.hpp>

#include "common/base/result.hpp"
#include "protocol/json_text.hpp"
#include "protocol/types.hpp"

// Between described structs and JSON. Decoding names the field that is wrong by its path
// ("params.device.name"); unknown fields are ignored. Encoding writes text directly, without a tree.
namespace wardroom::protocol {

namespace detail {

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
template <class T>
inline constexpr bool is_vector = false;
template <class T>
inline constexpr bool is_vector<std::vector<T>> = true;
template <class T>
inline constexpr bool is_map = false;
template <class K, class V>
inline constexpr bool is_map<std::map<K, V>> = true;
template <class T>
inline constexpr bool is_strong = false;
template <class Tag>
inline constexpr bool is_strong<Strong<Tag>> = true;

template <class T>
using Members = boost::describe::describe_members<T, boost::describe::mod_public>;

// "public_" is written "public".
constexpr std::string_view wire_name(std::string_view enumerator) {
  if (enumerator.ends_with('_')) enumerator.remove_suffix(1);
  return enumerator;
}

Error type_error(const std::string& path, std::string_view expected);

}  // namespace detail

template <class E>
requires std::is_enum_v<E> std::string_view enum_name(E value) {
  std::string_view name = "unknown";
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto d) {
    if (d.value == value) name = detail::wire_name(d.name);
  });
  return name;
}

template <class E>
requires std::is_enum_v<E> std::optional<E> parse_enum(std::string_view text) {
  std::optional<E> found;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto d) {
    if (detail::wire_name(d.name) == text) found = d.value;
  });
  return found;
}

template <class E>
std::string enum_choices() {
  std::string text;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto d) {
    if (!text.empty()) text += ", ";
    text += detail::wire_name(d.name);
  });
  return text;
}

// Writes into `out`; an error names the field by `path`, which is restored on success.
template <class T>
Result<void> decode_into(T& out, const boost::json::value& json, std::string& path) {
  using detail::type_error;
  if constexpr (detail::is_optional<T>) {
    if (json.is_null()) return ok();
    return decode_into(out.emplace(), json, path);
  } else if constexpr (std::is_same_v<T, bool>) {
    if (!json.is_bool()) return type_error(path, "true or false");
    out = json.get_bool();
  } else if constexpr (std::is_same_v<T, std::int64_t>) {
    if (!json.is_int64()) return type_error(path, "a whole number");
    out = json.get_int64();
  } else if constexpr (detail::is_strong<T>) {
    if (!json.is_int64() || json.get_int64() < 0) return type_error(path, "a number, 0 or more");
    out = T{json.get_int64()};
  } else if constexpr (std::is_same_v<T, TimePoint>) {
    if (!json.is_int64()) return type_error(path, "a time in Unix milliseconds");
    out = from_unix_ms(json.get_int64());
  } else if constexpr (std::is_same_v<T, std::string>) {
    if (!json.is_string()) return type_error(path, "a string");
    out.assign(json.get_string().data(), json.get_string().size());
  } else if constexpr (std::is_same_v<T, Secret>) {
    if (!json.is_string()) return type_error(path, "a string");
    out = Secret(std::string(json.get_string()));
  } else if constexpr (std::is_enum_v<T>) {
    const auto value = json.is_string() ? parse_enum<T>(json.get_string()) : std::nullopt;
    if (!value) return type_error(path, "one of: " + enum_choices<T>());
    out = *value;
  } else if constexpr (std::is_same_v<T, RawJson>) {
    out.text = boost::json::serialize(json);
  } else if constexpr (detail::is_vector<T>) {
    if (!json.is_array()) return type_error(path, "an array");
    const auto& array = json.get_array();
    out.clear();
    out.reserve(array.size());
    const std::size_t base = path.size();
    for (std::size_t i = 0; i < array.size(); ++i) {
      path += "[" + std::to_string(i) + "]";
      if (auto done = decode_into(out.emplace_back(), array[i], path); !done) return done;
      path.resize(base);
    }
  } else if constexpr (detail::is_map<T>) {
    if (!json.is_object()) return type_error(path, "an object");
    const std::size_t base = path.size();
    for (const auto& [key, value] : json.get_object()) {
      path += ".";
      path += std::string_view(key);
      std::int64_t number = 0;
      const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), number);
      if (error != std::errc{} || end != key.data() + key.size() || number < 0)
        return type_error(path, "named by a number");
      if (auto done = decode_into(out[typename T::key_type{number}], value, path); !done) return done;
      path.resize(base);
    }
  } else {
    if (!json.is_object()) return type_error(path, "an object");
    const auto& object = json.get_object();
    const std::size_t base = path.size();
    Result<void> result = ok();
    boost::mp11::mp_for_each<detail::Members<T>>([&](auto d) {
      if (!result) return;
      auto& member = out.*d.pointer;
      using M = std::remove_reference_t<decltype(member)>;
      path += ".";
      path += d.name;
      const auto* found = object.if_contains(d.name);
      if (found)
        result = decode_into(member, *found, path);
      else if constexpr (!detail::is_optional<M>)
        result = params_error(path, path + " is missing.");
      if (result) path.resize(base);
    });
    return result;
  }
  return ok();
}

// `root` is what the path starts with, for example "params".
template <class T>
Result<T> decode(const boost::json::value& json, std::string_view root) {
  T out{};
  std::string path(root);
  if (auto done = decode_into(out, json, path); !done) return done.error();
  return out;
}

template <class T>
void encode_to(std::string& out, const T& value) {
  if constexpr (detail::is_optional<T>) {
    if (value)
      encode_to(out, *value);
    else
      out += "null";
  } else if constexpr (std::is_same_v<T, bool>) {
    out += value ? "true" : "false";
  } else if constexpr (std::is_same_v<T, std::int64_t>) {
    append_number(out, value);
  } else if constexpr (detail::is_strong<T>) {
    append_number(out, value.value);
  } else if constexpr (std::is_same_v<T, TimePoint>) {
    append_number(out, to_unix_ms(value));
  } else if constexpr (std::is_same_v<T, std::string>) {
    append_json_string(out, value);
  } else if constexpr (std::is_same_v<T, Secret>) {
    append_json_string(out, value.reveal());
  } else if constexpr (std::is_enum_v<T>) {
    append_json_string(out, enum_name(value));
  } else if constexpr (std::is_same_v<T, RawJson>) {
    out += value.text;
  } else if constexpr (detail::is_vector<T>) {
    out.push_back('[');
    bool first = true;
    for (const auto& item : value) {
      if (!first) out.push_back(',');
      first = false;
      encode_to(out, item);
    }
    out.push_back(']');
  } else if constexpr (detail::is_map<T>) {
    out.push_back('{');
    bool first = true;
    for (const auto& [key, item] : value) {
      if (!first) out.push_back(',');
      first = false;
      out.push_back('"');
      append_number(out, key.value);
      out += "\":";
      encode_to(out, item);
    }
    out.push_back('}');
  } else {
    out.push_back('{');
    bool first = true;
    boost::mp11::mp_for_each<detail::Members<T>>([&](auto d) {
      const auto& member = value.*d.pointer;
      using M = std::remove_cvref_t<decltype(member)>;
      if constexpr (detail::is_optional<M>)
        if (!member) return;
      if (!first) out.push_back(',');
      first = false;
      out.push_back('"');
      out += d.name;
      out += "\":";
      encode_to(out, member);
    });
    out.push_back('}');
  }
}

template <class T>
std::string encode(const T& value) {
  std::string out;
  encode_to(out, value);
  return out;
}

}  // namespace wardroom::protocol
