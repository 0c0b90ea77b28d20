#include "server/audit/option_log.hpp"

#include "protocol/json_text.hpp"

namespace wardroom::audit {
namespace {

// As many records of changes as are looked through, from the newest on: far more than an office has options.
constexpr std::int64_t kMostChanges = 1000;

void note_changes(std::map<std::string, OptionChange>& changes, std::string_view line,
                  const OptionChange& change) {
  const auto json = protocol::parse_json(line);
  const auto* record = json ? json->if_object() : nullptr;
  const auto* after = record ? record->if_contains("after") : nullptr;
  const auto* options = after ? after->if_object() : nullptr;
  if (!options) return;
  for (const auto& [name, value] : *options) changes.try_emplace(std::string(name), change);
}

}  // namespace

Details describe_options(const OptionValues& options) {
  Details details;
  for (const auto& [name, value] : options) details.add(name, value);
  return details;
}

std::optional<OptionValues> load_option_values(sqlite::Connection& db) {
  const auto text = db.find<std::string>("SELECT value FROM meta WHERE key = 'options'");
  if (!text) return std::nullopt;
  OptionValues values;
  const auto json = protocol::parse_json(*text);
  const auto* object = json ? json->if_object() : nullptr;
  if (!object) return values;
  for (const auto& [name, value] : *object)
    if (const auto* string = value.if_string())
      values.emplace(std::string(name), std::string(string->data(), string->size()));
  return values;
}

void store_option_values(sqlite::Connection& db, const OptionValues& values) {
  db.run(
      "INSERT INTO meta (key, value) VALUES ('options', ?)"
      " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
      describe_options(values).json());
}

std::map<std::string, OptionChange> load_option_changes(sqlite::Connection& db) {
  std::map<std::string, OptionChange> changes;
  auto row = db.query(
      "SELECT at, actor_id, line FROM audit_records WHERE type = 'settings.changed' AND line <> ''"
      " ORDER BY idx DESC LIMIT ?",
      kMostChanges);
  while (row.step())
    note_changes(changes, row.get<std::string_view>(2),
                 {row.get<TimePoint>(0), row.get<std::optional<UserId>>(1)});
  return changes;
}

}  // namespace wardroom::audit
