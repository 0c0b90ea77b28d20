#include "server/audit/conditions.hpp"

#include <algorithm>

#include "common/text/nearest.hpp"
#include "server/audit/catalogue.hpp"
#include "server/audit/record.hpp"
#include "server/domain/network.hpp"
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

constexpr Outcome kOutcomes[] = {Outcome::success, Outcome::failure, Outcome::denied, Outcome::error};

std::string_view subject_of(std::string_view type) {
  return type.substr(0, type.find('.'));
}

// "Records of this subject: auth.login_fail, …" or which subjects there are.
std::string choices_for(std::string_view type) {
  std::string types;
  std::string subjects;
  std::string_view last;
  for (const auto& row : kCatalogue) {
    const auto subject = subject_of(row.name);
    if (subject == subject_of(type)) types += (types.empty() ? "" : ", ") + std::string(row.name);
    if (subject != last &&
        (", " + subjects + ",").find(", " + std::string(subject) + ".*,") == std::string::npos)
      subjects += (subjects.empty() ? "" : ", ") + std::string(subject) + ".*";
    last = subject;
  }
  return types.empty() ? "There are: " + subjects + "." : "There are: " + types + ".";
}

Result<void> check_type(std::string_view field, const std::string& type) {
  const auto prefix = std::string_view(type).substr(0, type.size() - 1);
  const bool known = std::ranges::any_of(kCatalogue, [&](const auto& row) {
    return is_subject(type) ? row.name.starts_with(prefix) : row.name == type;
  });
  if (known) return ok();
  text::Nearest nearest(type);
  for (const auto& row : kCatalogue) nearest.add(row.name);
  const auto meant = text::did_you_mean(nearest.names());
  return params_error(std::string(field), "There are no records of type \"" + type + "\". " +
                                              (meant.empty() ? choices_for(type) : meant));
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

// A person by id or by name; the name wins.
struct Person {
  const char* sql;
  sqlite::Sql logged;  // whether the log knows the id
  std::string_view field;
  const std::optional<UserId>& id;
  const std::optional<std::string>& name;
};

Result<void> add_person(sqlite::Connection& db, const Person& person, std::vector<Condition>& all) {
  if (person.name && !person.name->empty()) {
    const auto row = store::find_typed_user(db, *person.name);
    if (!row) return params_error(std::string(person.field) + "_name", row.error().message);
    all.push_back({person.sql, {row->account.id.value}});
  } else if (person.id) {
    if (!db.find<std::int64_t>("SELECT 1 FROM users WHERE id = ?", *person.id) &&
        !db.find<std::int64_t>(person.logged, *person.id))
      return params_error(std::string(person.field), "There is no account with this id.");
    all.push_back({person.sql, {person.id->value}});
  }
  return ok();
}

Result<void> add_people(sqlite::Connection& db, const protocol::AuditQuery::Params& filter,
                        std::vector<Condition>& all) {
  if (auto added = add_person(db,
                              {" AND actor_id = ?", "SELECT 1 FROM audit_records WHERE actor_id = ? LIMIT 1",
                               "params.actor", filter.actor, filter.actor_name},
                              all);
      !added)
    return added;
  return add_person(db,
                    {" AND target_user = ?", "SELECT 1 FROM audit_records WHERE target_user = ? LIMIT 1",
                     "params.target", filter.target, filter.target_name},
                    all);
}

Result<void> add_room(sqlite::Connection& db, const std::optional<RoomId>& room,
                      std::vector<Condition>& all) {
  if (!room) return ok();
  if (!db.find<std::int64_t>("SELECT 1 FROM rooms WHERE id = ?", *room) &&
      !db.find<std::int64_t>("SELECT 1 FROM audit_records WHERE room_id = ? LIMIT 1", *room))
    return params_error("params.room", "There is no room with this id.");
  all.push_back({" AND room_id = ?", {room->value}});
  return ok();
}

// Said twice, so that SQLite sees that the index of what didn't succeed fits.
Result<void> add_outcome(const std::optional<std::string>& outcome, std::vector<Condition>& all) {
  if (!outcome || outcome->empty()) return ok();
  if (std::ranges::none_of(kOutcomes, [&](Outcome one) { return to_string(one) == *outcome; }))
    return params_error("params.outcome", "params.outcome must be success, failure, denied or error.");
  all.push_back(
      {*outcome == "success" ? " AND outcome = ?" : " AND outcome = ? AND outcome <> 'success'", {*outcome}});
  return ok();
}

// The log's own spellings of what lies in the network, each once. Failures counted together bear a network
// themselves ("2001:db8:0:1::/64").
std::vector<std::string> find_addresses(sqlite::Connection& db, const domain::Network& wanted) {
  std::vector<std::string> found;
  for (std::string last;;) {
    auto next = db.find<std::string>(
        "SELECT address FROM audit_records INDEXED BY audit_records_address WHERE address > ?"
        " ORDER BY address LIMIT 1",
        last);
    if (!next) return found;
    last = *std::move(next);
    if (const auto one = domain::parse_network(last); one && one->overlaps(wanted)) found.push_back(last);
  }
}

// Of an address only two spellings can stand in the log: its own, and its network's.
std::vector<std::string> find_spellings(sqlite::Connection& db, const std::string& address) {
  std::vector<std::string> found;
  for (const auto& one : {address, domain::network_of(address)}) {
    if (!found.empty() && found.front() == one) continue;
    if (db.find<std::int64_t>("SELECT 1 FROM audit_records WHERE address = ? LIMIT 1", one))
      found.push_back(one);
  }
  return found;
}

Result<void> add_address(sqlite::Connection& db, const std::optional<std::string>& address,
                         std::vector<Condition>& all) {
  if (!address || address->empty()) return ok();
  const auto network = domain::parse_network(*address);
  if (!network)
    return params_error("params.address",
                        "params.address must be an address or a network: 192.0.2.7, 192.0.2.0/24, "
                        "2001:db8::1 or 2001:db8::/32.");
  const auto found =
      network->is_address() ? find_spellings(db, domain::to_string(*network)) : find_addresses(db, *network);
  if (found.size() <= 1) {
    all.push_back({" AND address = ?", {found.empty() ? domain::to_string(*network) : found.front()}});
    return ok();
  }
  std::string list;  // of what was parsed: nothing in it needs escaping
  for (const auto& one : found) list += (list.empty() ? "[\"" : ",\"") + one + "\"";
  all.push_back({" AND address IN (SELECT value FROM json_each(?))", {list + "]"}});
  return ok();
}

Result<void> add_types(const protocol::AuditQuery::Params& filter, std::vector<Condition>& all) {
  if (filter.type && !filter.type->empty() && *filter.type != "*") {
    if (auto known = check_type("params.type", *filter.type); !known) return known;
    all.push_back(of_type(*filter.type));
  }
  if (filter.types && !filter.types->empty()) {
    if (filter.types->size() > kMaxTypes)
      return params_error("params.types", "params.types may name 100 types at most.");
    for (const auto& type : *filter.types)
      if (auto known = check_type("params.types", type); !known) return known;
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
  if (auto added = add_people(db, filter, all); !added) return added.error();
  if (auto added = add_room(db, filter.room, all); !added) return added.error();
  if (auto added = add_types(filter, all); !added) return added.error();
  if (auto added = add_outcome(filter.outcome, all); !added) return added.error();
  if (auto added = add_address(db, filter.address, all); !added) return added.error();
  if (filter.since) all.push_back({" AND at >= ?", {to_unix_ms(*filter.since)}});
  if (filter.until) all.push_back({" AND at < ?", {to_unix_ms(*filter.until)}});
  return all;
}

}  // namespace wardroom::audit
