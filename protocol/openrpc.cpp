#include "protocol/openrpc.hpp"

#include "protocol/catalogue.hpp"
#include "protocol/close_codes.hpp"
#include "protocol/codec.hpp"
#include "protocol/error_table.hpp"

namespace wardroom::protocol {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

// What stands in many places is written once, under its name.
using NamedTypes = boost::mp11::mp_list<User, Account, Room, MyRoom, Mute, Member, Message, MessageVersion,
                                        SessionInfo, Sanction, Evidence, Report, AuditRecord>;
constexpr std::string_view kTypeNames[] = {"User",     "Account", "Room",           "MyRoom",      "Mute",
                                           "Member",   "Message", "MessageVersion", "SessionInfo", "Sanction",
                                           "Evidence", "Report",  "AuditRecord"};
static_assert(boost::mp11::mp_size<NamedTypes>::value == std::size(kTypeNames));
template <class T>
inline constexpr bool is_named = boost::mp11::mp_contains<NamedTypes, T>::value;
template <class T>
std::string type_name() {
  return std::string(kTypeNames[boost::mp11::mp_find<NamedTypes, T>::value]);
}

template <class T>
value schema_of();

template <class T>
value schema_of_object() {
  object properties;
  array required;
  boost::mp11::mp_for_each<detail::Members<T>>([&](auto d) {
    using M = std::remove_cvref_t<decltype(std::declval<T>().*d.pointer)>;
    properties[d.name] = schema_of<M>();
    if constexpr (!detail::is_optional<M>) required.emplace_back(d.name);
  });
  return {{"type", "object"}, {"properties", std::move(properties)}, {"required", std::move(required)}};
}

// JSON Schema of a type, from its description.
template <class T>
value schema_of() {
  if constexpr (is_named<T>) {
    return {{"$ref", "#/components/schemas/" + type_name<T>()}};
  } else if constexpr (detail::is_optional<T>) {
    return schema_of<typename T::value_type>();
  } else if constexpr (std::is_same_v<T, bool>) {
    return {{"type", "boolean"}};
  } else if constexpr (std::is_same_v<T, std::int64_t>) {
    return {{"type", "integer"}};
  } else if constexpr (detail::is_strong<T>) {
    return {{"type", "integer"}, {"minimum", 0}};
  } else if constexpr (std::is_same_v<T, TimePoint>) {
    return {{"type", "integer"}, {"description", "Unix milliseconds, UTC"}};
  } else if constexpr (std::is_same_v<T, std::string> || std::is_same_v<T, Secret>) {
    return {{"type", "string"}};
  } else if constexpr (std::is_enum_v<T>) {
    array names;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>(
        [&](auto d) { names.emplace_back(detail::wire_name(d.name)); });
    return {{"type", "string"}, {"enum", std::move(names)}};
  } else if constexpr (std::is_same_v<T, RawJson>) {
    return {{"type", "object"}};
  } else if constexpr (detail::is_vector<T>) {
    return {{"type", "array"}, {"items", schema_of<typename T::value_type>()}};
  } else if constexpr (detail::is_map<T>) {
    return {{"type", "object"}, {"additionalProperties", schema_of<typename T::mapped_type>()}};
  } else {
    return schema_of_object<T>();
  }
}

// The short form that docs/protocol.md uses: names, `?` for optional, the type where it isn't plain.
template <class T>
std::string shape_of();

template <class T>
std::string shape_of_object() {
  std::string text;
  boost::mp11::mp_for_each<detail::Members<T>>([&](auto d) {
    using M = std::remove_cvref_t<decltype(std::declval<T>().*d.pointer)>;
    if (!text.empty()) text += ", ";
    text += d.name;
    if constexpr (detail::is_optional<M>) text += "?";
    text += ": " + shape_of<M>();
  });
  return text.empty() ? "–" : "{" + text + "}";
}

template <class T>
std::string shape_of() {
  if constexpr (is_named<T>) {
    return type_name<T>();
  } else if constexpr (detail::is_optional<T>) {
    return shape_of<typename T::value_type>();
  } else if constexpr (std::is_same_v<T, bool>) {
    return "bool";
  } else if constexpr (std::is_same_v<T, std::int64_t> || detail::is_strong<T>) {
    return "int";
  } else if constexpr (std::is_same_v<T, TimePoint>) {
    return "ms";
  } else if constexpr (std::is_same_v<T, std::string> || std::is_same_v<T, Secret>) {
    return "text";
  } else if constexpr (std::is_enum_v<T>) {
    std::string names = enum_choices<T>();
    for (std::size_t at; (at = names.find(", ")) != std::string::npos;) names.replace(at, 2, "/");
    return names;
  } else if constexpr (std::is_same_v<T, RawJson>) {
    return "{…}";
  } else if constexpr (detail::is_vector<T>) {
    return "[" + shape_of<typename T::value_type>() + "…]";
  } else if constexpr (detail::is_map<T>) {
    return "{id: " + shape_of<typename T::mapped_type>() + " …}";
  } else {
    return shape_of_object<T>();
  }
}

template <class List, class Visit>
void for_each_type(Visit visit) {
  boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, List>>(visit);
}

template <class M>
concept HasErrors = requires {
  M::kErrors;
};

std::string quoted(const std::string& shape) {
  return "`" + shape + "`";
}

}  // namespace

std::string openrpc_document() {
  array methods;
  for_each_type<Methods>([&](auto id) {
    using M = typename decltype(id)::type;
    methods.push_back(
        {{"name", M::kName},
         {"summary", M::kSummary},
         {"paramStructure", "by-name"},
         {"params",
          array{{{"name", "params"}, {"required", true}, {"schema", schema_of<typename M::Params>()}}}},
         {"result", {{"name", "result"}, {"schema", schema_of<typename M::Result>()}}}});
  });
  object schemas;
  for_each_type<NamedTypes>([&](auto id) {
    using T = typename decltype(id)::type;
    schemas[type_name<T>()] = schema_of_object<T>();
  });
  return boost::json::serialize(object{{"openrpc", "1.2.6"},
                                       {"info", {{"title", "Wardroom"}, {"version", "1"}}},
                                       {"methods", std::move(methods)},
                                       {"components", {{"schemas", std::move(schemas)}}}});
}

std::string protocol_markdown() {
  std::string text =
      "# The wire: methods, events, codes\n\n"
      "Generated from `protocol/catalogue.hpp` by `./dev accept`; `./dev check` fails when it is out of "
      "date.\n"
      "How to connect, with examples: [examples/](examples/).\n\n"
      "One TLS port. WebSocket `GET /api/v1/ws` with the subprotocol `wardroom.v1` carries JSON-RPC 2.0; "
      "`POST /api/v1/<method>`\n"
      "takes the `params` object as its body and `Authorization: Bearer <token>`, and answers with the "
      "result object or an RFC 9457 problem.\n"
      "`?` marks what may be left out. `ms` is a time in Unix milliseconds, UTC. A word with a capital "
      "letter is one of the\n"
      "[types](#types) below.\n\n"
      "## Methods\n";
  for_each_type<Methods>([&](auto id) {
    using M = typename decltype(id)::type;
    text += "\n### `" + std::string(M::kName) + "`\n\n" + std::string(M::kSummary) + "\n\n";
    text += "- params: " + quoted(shape_of<typename M::Params>()) + "\n";
    text += "- result: " + quoted(shape_of<typename M::Result>()) + "\n";
    if constexpr (HasErrors<M>) {
      text += "- errors of its own:";
      for (const auto code : M::kErrors) text += " `" + std::string(code) + "`";
      text += "\n";
    }
  });
  text += "\n## Events\n\n| event | params | when |\n|---|---|---|\n";
  for_each_type<Events>([&](auto id) {
    using E = typename decltype(id)::type;
    text +=
        "| `" + std::string(E::kName) + "` | `" + shape_of<E>() + "` | " + std::string(E::kSummary) + " |\n";
  });
  text += "\n## Types\n\n| type | fields |\n|---|---|\n";
  for_each_type<NamedTypes>([&](auto id) {
    using T = typename decltype(id)::type;
    text += "| `" + type_name<T>() + "` | `" + shape_of_object<T>() + "` |\n";
  });
  text += "\n## Errors\n\n| name | JSON-RPC | HTTP | meaning |\n|---|---|---|---|\n";
  for (const auto& row : kErrorTable)
    text += "| `" + std::string(to_string(row.code)) + "` | " + std::to_string(row.rpc) + " | " +
            std::to_string(row.http) + " | " + std::string(row.meaning) + " |\n";
  text += "\n## Close codes\n\n| code | name | then | meaning |\n|---|---|---|---|\n";
  for (const auto& row : kCloseCodes)
    text += "| " + std::to_string(static_cast<int>(row.code)) + " | `" + std::string(row.name) + "` | " +
            (row.resumable ? "connect again" : "the person must act") + " | " + std::string(row.meaning) +
            " |\n";
  return text;
}

}  // namespace wardroom::protocol
