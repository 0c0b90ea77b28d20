#include "server/commands/reason.hpp"
#include "server/commands/retention/rule_scope.hpp"
#include "server/commands/room/entry.hpp"

namespace wardroom::commands {
namespace {

audit::Details describe(const std::optional<store::RuleRow>& rule) {
  if (!rule) return {{"rule", "none"}};
  if (!rule->days) return {{"rule", "keep"}};
  return {{"rule", "days"}, {"days", *rule->days}};
}

AdminRetentionGet::Result load_rules_for(sqlite::Connection& db, UserId reader) {
  AdminRetentionGet::Result result{store::load_rules(db)};
  for (auto& rule : result.rules)
    if (rule.room) rule.room_name = name_for(db, *rule.room, reader);
  return result;
}

}  // namespace

Result<AdminRetentionGet::Result> get_retention(ReadContext& context, const Empty&) {
  return load_rules_for(context.db, context.caller().user);
}

Result<AdminRetentionSet::Result> set_retention(WriteContext& context,
                                                const AdminRetentionSet::Params& params) {
  const auto reason = check_reason(params.reason);
  if (!reason) return reason.error();
  const auto rule = check_rule(context.db(), params);
  if (!rule) return rule.error();
  const auto before = store::find_rule(context.db(), rule->scope);
  // For a kind, "for good" is what holds without a rule.
  if (rule->inherit || (rule->scope.kind && !rule->days))
    store::delete_rule(context.db(), rule->scope);
  else
    store::store_rule(context.db(), rule->scope, rule->days, context.caller().user, context.now());

  audit::Record record = context.call.record(audit::Type::retention_changed);
  record.reason = *reason;
  if (rule->scope.room) {
    const auto room = store::find_room(context.db(), *rule->scope.room);
    record.target = {"room", rule->scope.room->value, room ? room->name : ""};
    record.room = *rule->scope.room;
  } else {
    record.target = {"kind", 0, std::string(enum_name(*rule->scope.kind))};
  }
  record.before = describe(before);
  record.after = describe(store::find_rule(context.db(), rule->scope));
  context.append(record);
  return load_rules_for(context.db(), context.caller().user);
}

Result<AdminRetentionPreview::Result> preview_retention(ReadContext& context,
                                                        const AdminRetentionPreview::Params& params) {
  std::optional<store::ProposedRule> proposed;
  if (params.room || params.kind || params.days || params.inherit) {
    auto rule = check_rule(context.db, params);
    if (!rule) return rule.error();
    proposed = std::move(*rule);
  }
  AdminRetentionPreview::Result result;
  for (const auto& room : store::load_ruled_rooms(context.db, proposed)) {
    const TimePoint before = context.trusted() - std::chrono::days{room.days};
    const auto count = store::count_due(context.db, room.id, before);
    if (count.due == 0 && count.held == 0) continue;
    result.rooms.push_back({room.id, name_for(context.db, room.id, context.caller().user), room.kind,
                            room.days, count.due, count.held, count.total, before});
    result.messages += count.due;
    result.held += count.held;
  }
  return result;
}

}  // namespace wardroom::commands
