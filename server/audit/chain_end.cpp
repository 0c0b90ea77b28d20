#include "server/audit/chain_end.hpp"

#include "protocol/json_text.hpp"

namespace wardroom::audit {
namespace {

constexpr std::int64_t kNoLink = -1;

// The record before that the record names; nothing when it doesn't count the subject.
std::optional<std::int64_t> link_of(std::string_view line, const ExportScope& scope) {
  const auto record = protocol::parse_json(line);
  boost::system::error_code missing;
  const auto* states = record ? record->find_pointer("/after/states", missing) : nullptr;
  if (!states || !states->is_array()) return std::nullopt;
  const std::size_t place = scope.room() ? 0 : 1;
  const std::int64_t id = scope.room() ? scope.room()->value : scope.user()->value;
  for (const auto& entry : states->get_array()) {
    const auto* numbers = entry.if_array();
    if (!numbers || numbers->size() < 5 || (*numbers)[place] != id) continue;
    const auto& before = (*numbers)[3 + place];
    return before.is_int64() ? before.get_int64() : kNoLink;
  }
  return std::nullopt;
}

std::optional<std::int64_t> find_stored_end(sqlite::Connection& db, const ExportScope& scope) {
  return db.find<std::int64_t>("SELECT idx FROM commitment_chains WHERE kind = ? AND id = ?",
                               scope.room() ? "room" : "author",
                               scope.room() ? scope.room()->value : scope.user()->value);
}

}  // namespace

std::int64_t follow_chain(sqlite::Connection& db, const ExportScope& scope, std::int64_t known,
                          std::int64_t size) {
  auto row = db.query(
      "SELECT idx, line FROM audit_records WHERE type = 'messages.committed' AND idx >= ? ORDER BY idx",
      size);
  while (row.step())
    if (link_of(row.get<std::string_view>(1), scope)) known = row.get<std::int64_t>(0);
  return known;
}

std::int64_t find_chain_end(sqlite::Connection& db, const ExportScope& scope, std::int64_t last) {
  std::int64_t end = find_stored_end(db, scope).value_or(kNoLink);
  // What the table doesn't have yet (commitment_counts.hpp); without the row it has every end.
  const auto stored_to =
      db.find<std::int64_t>("SELECT idx FROM commitment_chains WHERE kind = 'log' AND id = 1");
  if (stored_to) end = follow_chain(db, scope, end, *stored_to + 1);
  // Links lead backwards: one that doesn't was changed from outside, and the check of the tables says so.
  while (end > last) {
    const auto line = db.find<std::string>("SELECT line FROM audit_records WHERE idx = ?", end);
    const std::int64_t before = link_of(line.value_or(""), scope).value_or(kNoLink);
    end = before < end ? before : kNoLink;
  }
  return end;
}

}  // namespace wardroom::audit
