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
struct NamedType {
  std::string_view name;
  const TypeInfo& type;
};
constexpr NamedType kNamedTypes[] = {
    {"User", type_info<User>()},
    {"Account", type_info<Account>()},
    {"Room", type_info<Room>()},
    {"MyRoom", type_info<MyRoom>()},
    {"Mute", type_info<Mute>()},
    {"Member", type_info<Member>()},
    {"File", type_info<File>()},
    {"Message", type_info<Message>()},
    {"MessageVersion", type_info<MessageVersion>()},
    {"SessionInfo", type_info<SessionInfo>()},
    {"Sanction", type_info<Sanction>()},
    {"Evidence", type_info<Evidence>()},
    {"Report", type_info<Report>()},
    {"AuditRecord", type_info<AuditRecord>()},
};

// Empty: it has no name.
std::string type_name(const TypeInfo& type) {
  for (const auto& named : kNamedTypes)
    if (&named.type == &type) return std::string(named.name);
  return {};
}

value schema_of(const TypeInfo& type);

value schema_of_object(const TypeInfo& type) {
  object properties;
  array required;
  for (const Field& field : type.fields) {
    properties[field.name] = schema_of(*field.type);
    if (field.type->kind != TypeKind::optional) required.emplace_back(field.name);
  }
  return {{"type", "object"}, {"properties", std::move(properties)}, {"required", std::move(required)}};
}

// JSON Schema of a type, from its description.
value schema_of(const TypeInfo& type) {
  if (const auto name = type_name(type); !name.empty()) return {{"$ref", "#/components/schemas/" + name}};
  switch (type.kind) {
    case TypeKind::boolean:
      return {{"type", "boolean"}};
    case TypeKind::integer:
      return {{"type", "integer"}};
    case TypeKind::time:
      return {{"type", "integer"}, {"description", "Unix milliseconds, UTC"}};
    case TypeKind::text:
    case TypeKind::secret:
      return {{"type", "string"}};
    case TypeKind::raw_json:
      return {{"type", "object"}};
    case TypeKind::id:
      return {{"type", "integer"}, {"minimum", 0}};
    case TypeKind::enumeration: {
      array names;
      for (const EnumRow& row : type.names) names.emplace_back(row.name);
      return {{"type", "string"}, {"enum", std::move(names)}};
    }
    case TypeKind::optional:
      return schema_of(*type.container->element);
    case TypeKind::array:
      return {{"type", "array"}, {"items", schema_of(*type.container->element)}};
    case TypeKind::map:
      return {{"type", "object"}, {"additionalProperties", schema_of(*type.container->element)}};
    case TypeKind::object:
      return schema_of_object(type);
  }
  return {};
}

// The short form that docs/protocol.md uses: names, `?` for optional, the type where it isn't plain.
std::string shape_of(const TypeInfo& type);

std::string shape_of_object(const TypeInfo& type) {
  std::string text;
  for (const Field& field : type.fields) {
    if (!text.empty()) text += ", ";
    text += field.name;
    if (field.type->kind == TypeKind::optional) text += "?";
    text += ": " + shape_of(*field.type);
  }
  return text.empty() ? "–" : "{" + text + "}";
}

std::string shape_of(const TypeInfo& type) {
  if (auto name = type_name(type); !name.empty()) return name;
  switch (type.kind) {
    case TypeKind::boolean:
      return "bool";
    case TypeKind::integer:
    case TypeKind::id:
      return "int";
    case TypeKind::time:
      return "ms";
    case TypeKind::text:
    case TypeKind::secret:
      return "text";
    case TypeKind::raw_json:
      return "{…}";
    case TypeKind::enumeration: {
      std::string names;
      for (const EnumRow& row : type.names) names += (names.empty() ? "" : "/") + std::string(row.name);
      return names;
    }
    case TypeKind::optional:
      return shape_of(*type.container->element);
    case TypeKind::array:
      return "[" + shape_of(*type.container->element) + "…]";
    case TypeKind::map:
      return "{id: " + shape_of(*type.container->element) + " …}";
    case TypeKind::object:
      return shape_of_object(type);
  }
  return {};
}

struct MethodRow {
  std::string_view name;
  std::string_view summary;
  const TypeInfo& params;
  const TypeInfo& result;
  std::span<const std::string_view> errors;
};

template <class M>
concept HasErrors = requires {
  M::kErrors;
};

template <class M>
constexpr MethodRow make_method_row() {
  std::span<const std::string_view> errors;
  if constexpr (HasErrors<M>) errors = M::kErrors;
  return {M::kName, M::kSummary, type_info<typename M::Params>(), type_info<typename M::Result>(), errors};
}
template <class... Ms>
constexpr auto make_method_rows(boost::mp11::mp_list<Ms...>) {
  return std::array{make_method_row<Ms>()...};
}
constexpr auto kMethodRows = make_method_rows(Methods{});

struct EventRow {
  std::string_view name;
  std::string_view summary;
  const TypeInfo& params;
};
template <class... Es>
constexpr auto make_event_rows(boost::mp11::mp_list<Es...>) {
  return std::array{EventRow{Es::kName, Es::kSummary, type_info<Es>()}...};
}
constexpr auto kEventRows = make_event_rows(Events{});

std::string quoted(const std::string& shape) {
  return "`" + shape + "`";
}

}  // namespace

std::string openrpc_document() {
  array methods;
  for (const auto& row : kMethodRows)
    methods.push_back(
        {{"name", row.name},
         {"summary", row.summary},
         {"paramStructure", "by-name"},
         {"params", array{{{"name", "params"}, {"required", true}, {"schema", schema_of(row.params)}}}},
         {"result", {{"name", "result"}, {"schema", schema_of(row.result)}}}});
  object schemas;
  for (const auto& named : kNamedTypes) schemas[named.name] = schema_of_object(named.type);
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
      "A browser's session is in a cookie: [browser.md](browser.md#calls).\n"
      "`?` marks what may be left out. `ms` is a time in Unix milliseconds, UTC. A word with a capital "
      "letter is one of the\n"
      "[types](#types) below.\n\n"
      "## Methods\n";
  for (const auto& row : kMethodRows) {
    text += "\n### `" + std::string(row.name) + "`\n\n" + std::string(row.summary) + "\n\n";
    text += "- params: " + quoted(shape_of(row.params)) + "\n";
    text += "- result: " + quoted(shape_of(row.result)) + "\n";
    if (row.errors.empty()) continue;
    text += "- errors of its own:";
    for (const auto code : row.errors) text += " `" + std::string(code) + "`";
    text += "\n";
  }
  text += "\n## Events\n\n| event | params | when |\n|---|---|---|\n";
  for (const auto& row : kEventRows)
    text += "| `" + std::string(row.name) + "` | `" + shape_of(row.params) + "` | " +
            std::string(row.summary) + " |\n";
  text += "\n## Types\n\n| type | fields |\n|---|---|\n";
  for (const auto& named : kNamedTypes)
    text += "| `" + std::string(named.name) + "` | `" + shape_of_object(named.type) + "` |\n";
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
