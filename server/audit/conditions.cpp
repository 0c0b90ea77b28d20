#include "server/audit/conditions.hpp"

#include <algorithm>

#include "server/audit/catalogue.hpp"
#include "server/audit/record.hpp"
#include "server/store/users.hpp"

namespace wardroom::audit {
namespace {

constexpr std::size_t kMaxTypes = 100;
constexpr Severity kSeverities[] = {Severity::info, Severity::notice, Severity::warning};

std::string after_all(std::string prefix) {
  prefix.back() = static_cast<char>(prefix.back() + 1);
  return prefix;
}

// "auth.*" takes everything that begins with "auth."
bool is_subject(std::string_view type) {
  return type.ends_with(".*");
}

Condition of_type(const std::string& type) {
  if (!is_subject(type)) return {" AND type = ?", {type}};
  const std::string first = type.substr(0, type.size() - 1);
  return {" AND type >= ? AND type < ?", {first, after_all(first)}};
}

Condition of_types(const std::vector<std::string>& types) {
  Condition condition{" AND type IN (", {}};
  const auto add = [&](std::string_view name) {
    condition.sql += condition.values.empty() ? "?" : ",?";
    condition.values.emplace_back(std::string(name));
  };
  for (const auto& type : types) {
    if (!is_subject(type)) {
      add(type);
      continue;
    }
    const auto subject = std::string_view(type).substr(0, type.size() - 1);
    for (const auto& row : kCatalogue)
      if (row.name.starts_with(subject)) add(row.name);
  }
  condition.sql += ")";
  return condition;
}

Result<std::optional<Condition>> of_severity(const std::optional<std::string>& severity) {
  if (!severity || severity->empty()) return std::optional<Condition>{};
  for (const Severity one : kSeverities) {
    if (name_of(one) != *severity) continue;
    std::vector<std::string> types;
    for (const auto& row : kCatalogue)
      if (row.severity == one) types.emplace_back(row.name);
    return std::optional(of_types(types));
  }
  return params_error("params.severity", "params.severity must be info, notice or warning.");
}

std::int64_t id_of(sqlite::Connection& db, const std::string& name) {
  const auto user = store::find_user(db, name);
  return user ? user->account.id.value : -1;
}

// A person by id or by name; the name wins.
void add_person(sqlite::Connection& db, const char* sql, const std::optional<UserId>& id,
                const std::optional<std::string>& name, std::vector<Condition>& all) {
  if (name && !name->empty())
    all.push_back({sql, {id_of(db, *name)}});
  else if (id)
    all.push_back({sql, {id->value}});
}

Condition of_address(const std::string& address) {
  const bool network = address.ends_with('.') || address.ends_with(':');
  if (!network) return {" AND address = ?", {address}};
  return {" AND address >= ? AND address < ?", {address, after_all(address)}};
}

Result<void> add_types(const protocol::AuditQuery::Params& filter, std::vector<Condition>& all) {
  if (filter.type && !filter.type->empty() && *filter.type != "*") all.push_back(of_type(*filter.type));
  if (filter.types && !filter.types->empty()) {
    if (filter.types->size() > kMaxTypes)
      return params_error("params.types", "params.types may name 100 types at most.");
    all.push_back(filter.types->size() == 1 ? of_type(filter.types->front()) : of_types(*filter.types));
  }
  const auto severity = of_severity(filter.severity);
  if (!severity) return severity.error();
  if (*severity) all.push_back(**severity);
  return ok();
}

}  // namespace

Result<std::vector<Condition>> make_conditions(sqlite::Connection& db,
                                               const protocol::AuditQuery::Params& filter) {
  std::vector<Condition> all;
  add_person(db, " AND actor_id = ?", filter.actor, filter.actor_name, all);
  add_person(db, " AND target_user = ?", filter.target, filter.target_name, all);
  if (filter.room) all.push_back({" AND room_id = ?", {filter.room->value}});
  if (auto added = add_types(filter, all); !added) return added.error();
  // Said twice, so that SQLite sees that the index of what didn't succeed fits.
  if (filter.outcome && !filter.outcome->empty())
    all.push_back(
        {filter.outcome == "success" ? " AND outcome = ?" : " AND outcome = ? AND outcome <> 'success'",
         {*filter.outcome}});
  if (filter.address && !filter.address->empty()) all.push_back(of_address(*filter.address));
  if (filter.since) all.push_back({" AND at >= ?", {to_unix_ms(*filter.since)}});
  if (filter.until) all.push_back({" AND at < ?", {to_unix_ms(*filter.until)}});
  return all;
}

}  // namespace wardroom::audit
