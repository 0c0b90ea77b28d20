#include "server/audit/option_log.hpp"
#include "server/commands/admin/settings_change.hpp"
#include "server/commands/handlers.hpp"
#include "server/store/users.hpp"

namespace wardroom::commands {
namespace {

constexpr std::size_t kMaxChanges = 100;

}  // namespace

Result<AdminSettingsList::Result> list_settings(ReadContext& context, const Empty&) {
  const ServerSettings* served = context.services.server_settings;
  if (!served) return unavailable("This server has no file of options.");
  auto result = served->load();
  const auto changes = audit::load_option_changes(context.db);
  for (auto& setting : result.settings) {
    const auto change = changes.find(setting.name);
    if (change == changes.end()) continue;
    setting.changed_at = change->second.at;
    if (!change->second.by) continue;
    if (const auto person = store::find_user(context.db, *change->second.by))
      setting.changed_by = person->user();
  }
  return result;
}

void append_settings_change(WriteContext& context, ServerSettings::Change change) {
  if (change.undo) context.tx.undo.push_back(std::move(change.undo));
  if (change.changed.empty()) return;
  auto values = audit::load_option_values(context.db()).value_or(audit::OptionValues{});
  audit::Record record = context.call.record(audit::Type::settings_changed);
  for (const auto& one : change.changed) {
    record.before.add(one.name, one.before);
    record.after.add(one.name, one.after);
    values[one.name] = one.after;
  }
  audit::store_option_values(context.db(), values);
  context.append(record);
}

// The file is written within the transaction, and put back should that not be committed.
Result<AdminSettingsSet::Result> set_settings(WriteContext& context, const AdminSettingsSet::Params& params) {
  ServerSettings* served = context.services.server_settings;
  if (!served) return unavailable("This server has no file of options.");
  if (params.changes.empty() || params.changes.size() > kMaxChanges)
    return params_error("params.changes", "params.changes must have 1 to 100 changes.");
  auto change = served->change(params.changes);
  if (!change) return change.error();
  append_settings_change(context, *change);
  return AdminSettingsSet::Result{std::move(change->changed)};
}

}  // namespace wardroom::commands
