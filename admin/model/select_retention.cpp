#include "admin/model/retention.hpp"
#include "admin/model/rooms.hpp"
#include "admin/model/select_console.hpp"
#include "admin/model/words.hpp"

namespace wardroom::admin {
namespace {

using protocol::RoomKind;

std::string kind_words(RoomKind kind) {
  switch (kind) {
    case RoomKind::public_:
      return "All public rooms";
    case RoomKind::private_:
      return "All private rooms";
    case RoomKind::direct:
      break;
  }
  return "All direct rooms";
}

std::string where_of(const State& state, const protocol::RetentionRule& rule) {
  if (!rule.room) return kind_words(rule.kind.value_or(RoomKind::public_));
  if (rule.room_name && !rule.room_name->empty()) return "# " + *rule.room_name;
  return known_room_title(state, *rule.room);
}

// A kind's rule works in the rooms that have none of their own.
RuleRow row_of(const State& state, const protocol::RetentionRule& rule) {
  const auto& retention = state.retention;
  RuleRow row;
  row.where = where_of(state, rule);
  row.keep = keep_words(rule.days);
  if (rule.by) row.set = rule.by->display_name + ", " + past_text(state.zone, rule.at, state.wall);
  if (!retention.preview) return row;
  std::int64_t messages = 0, held = 0, total = 0;
  for (const auto& entry : retention.preview->rooms) {
    bool own = false;
    for (const auto& other : retention.rules) own = own || other.room == entry.room;
    const bool mine = rule.room ? rule.room == entry.room : !own && rule.kind == entry.kind;
    if (!mine) continue;
    messages += entry.messages;
    held += entry.held;
    total += entry.total;
  }
  if (messages > 0) row.removes = grouped(messages) + " of " + grouped(total);
  if (held > 0) row.held = grouped(held);
  return row;
}

std::string preview_words(const protocol::AdminRetentionPreview::Result& preview) {
  if (preview.messages == 0 && preview.held == 0)
    return "No messages would be removed: none is as old as that.";
  std::string text = counted(preview.messages, "message") + " in " +
                     counted(static_cast<std::int64_t>(preview.rooms.size()), "room") +
                     " would be removed within the hour, with every earlier version. It can't be undone.";
  if (preview.held > 0) text += " " + grouped(preview.held) + " as old are kept by a hold.";
  return text;
}

HoldRow row_of(const State& state, const protocol::Hold& hold) {
  HoldRow row;
  row.name = hold.name;
  row.reason = hold.reason;
  row.since = past_text(state.zone, hold.at, state.wall);
  row.by = hold.by.display_name;
  if (hold.user)
    row.on = hold.user->display_name;
  else if (hold.room)
    row.on = hold.room_name && !hold.room_name->empty() ? "# " + *hold.room_name
                                                        : known_room_title(state, *hold.room);
  return row;
}

std::string prune_words(const State& state, const protocol::AdminAuditPrune::Result& count) {
  std::string text = counted(count.records, "record") + " from before " +
                     moment_text(state.zone, *state.retention.prune_before) +
                     " would lose their text. Their hashes stay, so everything else is still proven.";
  if (count.kept > 0)
    text += " " + grouped(count.kept) + " as old stay whole: keys, holds, erasures, restored backups" +
            (count.held > 0 ? ", and " + grouped(count.held) + " on hold." : ".");
  return text;
}

void select_dialog(RetentionProps& props, const State& state) {
  const auto& retention = state.retention;
  props.dialog = retention.dialog;
  props.serial = retention.serial;
  props.busy = retention.busy;
  props.dialog_error = retention.dialog_error;
  if (retention.dialog != RetentionDialog::rule) return;
  bool own = retention.of_a_room;
  if (!own && retention.rule && *retention.rule < retention.rules.size()) {
    const auto& rule = retention.rules[*retention.rule];
    own = rule.room.has_value();
    props.rule_where = where_of(state, rule);
    for (std::size_t i = 0; i < keep_days().size(); ++i)
      if (keep_days()[i] == rule.days) props.keep = i;
  }
  props.keep_choices = keep_choices(own);
  props.preview_counting =
      retention.proposed && !retention.proposed_preview && retention.dialog_error.empty();
  if (retention.proposed_preview) props.preview = preview_words(*retention.proposed_preview);
}

}  // namespace

RetentionProps select_retention(const State& state) {
  const auto& retention = state.retention;
  RetentionProps props;
  props.tab = retention.tab;
  props.may_change = state.is_admin();
  props.loading = retention.loading;
  props.error = retention.error;
  for (const auto& rule : retention.rules) props.rules.push_back(row_of(state, rule));
  for (const auto& hold : retention.holds) props.holds.push_back(row_of(state, hold));
  props.rule_chosen = retention.rule.has_value();
  props.rule = retention.rule.value_or(0);
  props.hold_chosen = retention.hold.has_value();
  props.hold = retention.hold.value_or(0);
  std::int64_t set = 0;
  for (const auto& rule : retention.rules) set += rule.room || rule.days ? 1 : 0;
  if (retention.rules_loaded)
    props.summary =
        counted(set, "rule") + ", " + counted(static_cast<std::int64_t>(retention.holds.size()), "hold");
  if (retention.preview && retention.preview->messages > 0)
    props.removes = counted(retention.preview->messages, "message") +
                    " are older than the rules allow and go within the hour.";
  select_dialog(props, state);
  props.counting = retention.counting;
  if (retention.prune) props.prune_counted = prune_words(state, *retention.prune);
  props.can_prune = state.is_admin() && retention.prune && retention.prune->records > 0;
  return props;
}

}  // namespace wardroom::admin
