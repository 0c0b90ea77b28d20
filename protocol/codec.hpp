#pragma once

#include <array>
#include <span>
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

// An enumerator and how it is written.
struct EnumRow {
  std::string_view name;
  std::int64_t value;
};

template <class E>
constexpr auto make_enum_rows() {
  return []<template <class...> class L, class... D>(L<D...>) {
    return std::array<EnumRow, sizeof...(D)>{
        EnumRow{wire_name(D::name), static_cast<std::int64_t>(D::value)}...};
  }(boost::describe::describe_enumerators<E>{});
}

template <class E>
inline constexpr auto kEnum = make_enum_rows<E>();

std::string_view find_enum_name(std::span<const EnumRow> rows, std::int64_t value);
const EnumRow* find_enum_row(std::span<const EnumRow> rows, std::string_view name);
std::string join_enum_names(std::span<const EnumRow> rows);

// What is written as one JSON value and isn't a kind of its own.
template <class T>
inline constexpr bool is_scalar =
    std::is_same_v<T, bool> || std::is_same_v<T, std::int64_t> || std::is_same_v<T, TimePoint> ||
    std::is_same_v<T, std::string> || std::is_same_v<T, Secret> || std::is_same_v<T, RawJson>;

Result<void> decode_scalar(bool& out, const boost::json::value& json, const std::string& path);
Result<void> decode_scalar(std::int64_t& out, const boost::json::value& json, const std::string& path);
Result<void> decode_scalar(TimePoint& out, const boost::json::value& json, const std::string& path);
Result<void> decode_scalar(std::string& out, const boost::json::value& json, const std::string& path);
Result<void> decode_scalar(Secret& out, const boost::json::value& json, const std::string& path);
Result<void> decode_scalar(RawJson& out, const boost::json::value& json, const std::string& path);
Result<void> decode_id(std::int64_t& out, const boost::json::value& json, const std::string& path);
Result<void> decode_enum(std::int64_t& out, std::span<const EnumRow> rows, const boost::json::value& json,
                         const std::string& path);
// Takes the number that names a member of a map, and adds it to the path.
Result<void> decode_key(std::int64_t& out, std::string_view key, std::string& path);
void append_index(std::string& path, std::size_t index);

void encode_scalar(std::string& out, bool value);
void encode_scalar(std::string& out, std::int64_t value);
void encode_scalar(std::string& out, TimePoint value);
void encode_scalar(std::string& out, const std::string& value);
void encode_scalar(std::string& out, const Secret& value);
void encode_scalar(std::string& out, const RawJson& value);

Error type_error(const std::string& path, std::string_view expected);

// One member of a described struct, its type erased: the loops over members are compiled once, not once a
// struct.
struct Field {
  std::string_view name;
  bool is_optional;
  Result<void> (*decode)(void* object, const boost::json::value& json, std::string& path);
  void (*encode)(std::string& out, const void* object);
  bool (*is_absent)(const void* object);
};

Result<void> decode_object(void* object, std::span<const Field> fields, const boost::json::value& json,
                           std::string& path);
void encode_object(std::string& out, std::span<const Field> fields, const void* object);

template <class T, class D>
constexpr Field make_field();

template <class T>
constexpr auto make_fields() {
  return []<template <class...> class L, class... D>(L<D...>) {
    return std::array<Field, sizeof...(D)>{make_field<T, D>()...};
  }(Members<T>{});
}

template <class T>
inline constexpr auto kFields = make_fields<T>();

}  // namespace detail

template <class E>
requires std::is_enum_v<E> std::string_view enum_name(E value) {
  return detail::find_enum_name(detail::kEnum<E>, static_cast<std::int64_t>(value));
}

template <class E>
requires std::is_enum_v<E> std::optional<E> parse_enum(std::string_view text) {
  const auto* row = detail::find_enum_row(detail::kEnum<E>, text);
  return row ? std::optional(static_cast<E>(row->value)) : std::nullopt;
}

template <class E>
std::string enum_choices() {
  return detail::join_enum_names(detail::kEnum<E>);
}

template <class T>
void encode_to(std::string& out, const T& value);

// Writes into `out`; an error names the field by `path`, which is restored on success.
template <class T>
Result<void> decode_into(T& out, const boost::json::value& json, std::string& path) {
  using detail::type_error;
  if constexpr (detail::is_optional<T>) {
    if (json.is_null()) return ok();
    return decode_into(out.emplace(), json, path);
  } else if constexpr (detail::is_strong<T>) {
    return detail::decode_id(out.value, json, path);
  } else if constexpr (std::is_enum_v<T>) {
    std::int64_t value = 0;
    auto done = detail::decode_enum(value, detail::kEnum<T>, json, path);
    out = static_cast<T>(value);
    return done;
  } else if constexpr (detail::is_scalar<T>) {
    return detail::decode_scalar(out, json, path);
  } else if constexpr (detail::is_vector<T>) {
    if (!json.is_array()) return type_error(path, "an array");
    const auto& array = json.get_array();
    out.clear();
    out.reserve(array.size());
    const std::size_t base = path.size();
    for (std::size_t i = 0; i < array.size(); ++i) {
      detail::append_index(path, i);
      if (auto done = decode_into(out.emplace_back(), array[i], path); !done) return done;
      path.resize(base);
    }
  } else if constexpr (detail::is_map<T>) {
    if (!json.is_object()) return type_error(path, "an object");
    const std::size_t base = path.size();
    for (const auto& [key, value] : json.get_object()) {
      std::int64_t number = 0;
      if (auto done = detail::decode_key(number, key, path); !done) return done;
      if (auto done = decode_into(out[typename T::key_type{number}], value, path); !done) return done;
      path.resize(base);
    }
  } else {
    return detail::decode_object(&out, detail::kFields<T>, json, path);
  }
  return ok();
}

template <class T, class D>
constexpr detail::Field detail::make_field() {
  using M = std::remove_cvref_t<decltype(std::declval<T>().*D::pointer)>;
  return {D::name, is_optional<M>,
          [](void* object, const boost::json::value& json, std::string& path) {
            return decode_into(static_cast<T*>(object)->*D::pointer, json, path);
          },
          [](std::string& out, const void* object) {
            encode_to(out, static_cast<const T*>(object)->*D::pointer);
          },
          [](const void* object) {
            if constexpr (is_optional<M>)
              return !(static_cast<const T*>(object)->*D::pointer).has_value();
            else
              return false;
          }};
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
  } else if constexpr (detail::is_strong<T>) {
    append_number(out, value.value);
  } else if constexpr (std::is_enum_v<T>) {
    append_json_string(out, enum_name(value));
  } else if constexpr (detail::is_scalar<T>) {
    detail::encode_scalar(out, value);
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
    detail::encode_object(out, detail::kFields<T>, &value);
  }
}

template <class T>
std::string encode(const T& value) {
  std::string out;
  encode_to(out, value);
  return out;
}

}  // namespace wardroom::protocol
