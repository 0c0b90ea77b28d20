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
//
// A type becomes a TypeInfo, a table that the compiler fills from the type's description. What walks the
// tables is compiled once, in codec.cpp: a method more costs its tables and no code.
namespace wardroom::protocol {

enum class Kind {
  boolean,
  integer,
  time,
  text,
  secret,
  raw_json,
  id,
  enumeration,
  optional,
  array,
  map,
  object
};

// An enumerator and how it is written.
struct EnumRow {
  std::string_view name;
  std::int64_t value;
};

struct TypeInfo;

// A member of a described struct.
struct Field {
  std::string_view name;
  const TypeInfo* type;
  void* (*at)(void* object);
};

// How to reach what an optional, a vector or a map holds.
struct Container {
  const TypeInfo* element;
  std::size_t (*size)(const void* container);
  // Empties it, and makes room for so many.
  void (*reset)(void* container, std::size_t size);
  // A new element at the end, under the key of a map.
  void* (*append)(void* container, std::int64_t key);
  void (*each)(const void* container, void* context,
               void (*visit)(void* context, std::int64_t key, const void* element));
};

struct TypeInfo {
  Kind kind;
  std::span<const EnumRow> names;        // of an enumeration
  std::span<const Field> fields;         // of an object
  const Container* container = nullptr;  // of an optional, an array, a map
};

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

// "public_" is written "public".
constexpr std::string_view wire_name(std::string_view enumerator) {
  if (enumerator.ends_with('_')) enumerator.remove_suffix(1);
  return enumerator;
}

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

template <class T>
constexpr TypeInfo make_type();
template <class T>
inline constexpr TypeInfo kType = make_type<T>();

template <class T, class D>
void* member_of(void* object) {
  return &(static_cast<T*>(object)->*D::pointer);
}

template <class T>
constexpr auto make_fields() {
  return []<template <class...> class L, class... D>(L<D...>) {
    return std::array<Field, sizeof...(D)>{Field{
        D::name, &kType<std::remove_cvref_t<decltype(std::declval<T&>().*D::pointer)>>, &member_of<T, D>}...};
  }(boost::describe::describe_members<T, boost::describe::mod_public>{});
}

template <class T>
inline constexpr auto kFields = make_fields<T>();

using Visit = void (*)(void* context, std::int64_t key, const void* element);

template <class T>
struct OptionalContainer {
  static std::size_t size(const void* c) { return static_cast<const std::optional<T>*>(c)->has_value(); }
  static void reset(void* c, std::size_t) { static_cast<std::optional<T>*>(c)->reset(); }
  static void* append(void* c, std::int64_t) { return &static_cast<std::optional<T>*>(c)->emplace(); }
  static void each(const void* c, void* context, Visit visit) {
    if (const auto& value = *static_cast<const std::optional<T>*>(c)) visit(context, 0, &*value);
  }
};

template <class T>
struct VectorContainer {
  static std::size_t size(const void* c) { return static_cast<const std::vector<T>*>(c)->size(); }
  static void reset(void* c, std::size_t size) {
    auto& vector = *static_cast<std::vector<T>*>(c);
    vector.clear();
    vector.reserve(size);
  }
  static void* append(void* c, std::int64_t) { return &static_cast<std::vector<T>*>(c)->emplace_back(); }
  static void each(const void* c, void* context, Visit visit) {
    for (const T& item : *static_cast<const std::vector<T>*>(c)) visit(context, 0, &item);
  }
};

template <class K, class T>
struct MapContainer {
  using Map = std::map<K, T>;
  static std::size_t size(const void* c) { return static_cast<const Map*>(c)->size(); }
  static void reset(void* c, std::size_t) { static_cast<Map*>(c)->clear(); }
  static void* append(void* c, std::int64_t key) { return &(*static_cast<Map*>(c))[K{key}]; }
  static void each(const void* c, void* context, Visit visit) {
    for (const auto& [key, item] : *static_cast<const Map*>(c)) visit(context, key.value, &item);
  }
};

template <class Reach, class T>
inline constexpr Container kContainer{&kType<T>, &Reach::size, &Reach::reset, &Reach::append, &Reach::each};

template <class T>
constexpr TypeInfo make_type() {
  if constexpr (std::is_same_v<T, bool>) {
    return {Kind::boolean, {}, {}};
  } else if constexpr (std::is_same_v<T, std::int64_t>) {
    return {Kind::integer, {}, {}};
  } else if constexpr (std::is_same_v<T, TimePoint>) {
    return {Kind::time, {}, {}};
  } else if constexpr (std::is_same_v<T, std::string>) {
    return {Kind::text, {}, {}};
  } else if constexpr (std::is_same_v<T, Secret>) {
    return {Kind::secret, {}, {}};
  } else if constexpr (std::is_same_v<T, RawJson>) {
    return {Kind::raw_json, {}, {}};
  } else if constexpr (is_strong<T>) {
    return {Kind::id, {}, {}};
  } else if constexpr (std::is_enum_v<T>) {
    static_assert(std::is_same_v<std::underlying_type_t<T>, int>, "codec.cpp reads and writes it as an int");
    return {Kind::enumeration, kEnum<T>, {}};
  } else if constexpr (is_optional<T>) {
    using E = typename T::value_type;
    return {Kind::optional, {}, {}, &kContainer<OptionalContainer<E>, E>};
  } else if constexpr (is_vector<T>) {
    using E = typename T::value_type;
    return {Kind::array, {}, {}, &kContainer<VectorContainer<E>, E>};
  } else if constexpr (is_map<T>) {
    using E = typename T::mapped_type;
    return {Kind::map, {}, {}, &kContainer<MapContainer<typename T::key_type, E>, E>};
  } else {
    return {Kind::object, {}, kFields<T>};
  }
}

// Into and from a value of the type. An error names the field by `path`.
Result<void> decode_value(const TypeInfo& type, void* out, const boost::json::value& json, std::string& path);
void encode_value(std::string& out, const TypeInfo& type, const void* value);

}  // namespace detail

// The table of a type.
template <class T>
constexpr const TypeInfo& type_info() {
  return detail::kType<T>;
}

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

// `root` is what the path starts with, for example "params".
template <class T>
Result<T> decode(const boost::json::value& json, std::string_view root) {
  T out{};
  std::string path(root);
  if (auto done = detail::decode_value(type_info<T>(), &out, json, path); !done) return done.error();
  return out;
}

template <class T>
void encode_to(std::string& out, const T& value) {
  detail::encode_value(out, type_info<T>(), &value);
}

template <class T>
std::string encode(const T& value) {
  std::string out;
  encode_to(out, value);
  return out;
}

}  // namespace wardroom::protocol
