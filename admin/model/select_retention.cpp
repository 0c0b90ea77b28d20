#include <limits>

#include "admin/model/retention.hpp"
#include "admin/model/rooms.hpp"
#include "admin/model/select_console.hpp"
#include "admin/model/sorting.hpp"
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

struct RuleCounts {
  std::int64_t messages = 0, held = 0, total = 0;
};

// What it removes. A kind's rule works in the rooms that have none of their own.
RuleCounts counts_of(const State& state, const protocol::RetentionRule& rule) {
  const auto& retention = state.retention;
  RuleCounts counts;
  if (!retention.preview) return counts;
  for (const auto& entry : retention.preview->rooms) {
    bool own = false;
    for (const auto& other : retention.rules) own = own || other.room == entry.room;
    const bool mine = rule.room ? rule.room == entry.room : !own && rule.kind == entry.kind;
    if (!mine) continue;
    counts.messages += entry.messages;
    counts.held += entry.held;
    counts.total += entry.total;
  }
  return counts;
}

RuleRow row_of(const State& state, const protocol::RetentionRule& rule) {
  RuleRow row;
  row.where = where_of(state, rule);
  row.keep = keep_words(rule.days);
  if (rule.by) row.set = rule.by->display_name + ", " + past_text(state.zone, rule.at, state.wall);
  const RuleCounts counts = counts_of(state, rule);
  if (counts.messages > 0) row.removes = grouped(counts.messages) + " of " + grouped(counts.total);
  if (counts.held > 0) row.held = grouped(counts.held);
  return row;
}

OrderKey rule_key(const State& state, const protocol::RetentionRule& rule, RulesColumn column) {
  switch (column) {
    case RulesColumn::where:
      return words_key(where_of(state, rule));
    case RulesColumn::keep:
      return {"", rule.days.value_or(std::numeric_limits<std::int64_t>::max())};
    case RulesColumn::removes:
      return {"", counts_of(state, rule).messages};
    case RulesColumn::held:
      return {"", counts_of(state, rule).held};
    case RulesColumn::set:
      return time_key(rule.by ? std::optional(rule.at) : std::nullopt);
  }
  return {};
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

std::string held_on(const State& state, const protocol::Hold& hold) {
  if (hold.user) return hold.user->display_name;
  if (!hold.room) return "";
  return hold.room_name && !hold.room_name->empty() ? "# " + *hold.room_name
                                                    : known_room_title(state, *hold.room);
}

HoldRow row_of(const State& state, const protocol::Hold& hold) {
  HoldRow row;
  row.name = hold.name;
  row.on = held_on(state, hold);
  row.reason = hold.reason;
  row.since = past_text(state.zone, hold.at, state.wall);
  row.by = hold.by.display_name;
  return row;
}

OrderKey hold_key(const State& state, const protocol::Hold& hold, HoldsColumn column) {
  switch (column) {
    case HoldsColumn::name:
      return words_key(hold.name);
    case HoldsColumn::on:
      return words_key(held_on(state, hold));
    case HoldsColumn::reason:
      return words_key(hold.reason);
    case HoldsColumn::since:
      return time_key(hold.at);
    case HoldsColumn::by:
      return words_key(hold.by.display_name);
  }
  return {};
}

// Both lists as they are shown, and what of them is selected.
void select_lists(RetentionProps& props, const State& state) {
  const auto& retention = state.retention;
  props.rule_sort = sort_of(state, ListName::rules);
  const auto by_rule = [&](const protocol::RetentionRule& rule, std::size_t column) {
    return rule_key(state, rule, static_cast<RulesColumn>(column));
  };
  for (const std::size_t at : shown_places(state, ListName::rules, retention.rules, by_rule)) {
    if (retention.rule == at) {
      props.rule_chosen = true;
      props.rule = props.rules.size();
    }
    props.rules.push_back(row_of(state, retention.rules[at]));
    props.rules.back().at = at;
  }
  props.hold_sort = sort_of(state, ListName::holds);
  const auto by_hold = [&](const protocol::Hold& hold, std::size_t column) {
    return hold_key(state, hold, static_cast<HoldsColumn>(column));
  };
  for (const std::size_t at : shown_places(state, ListName::holds, retention.holds, by_hold)) {
    if (retention.hold == at) {
      props.hold_chosen = true;
      props.hold = props.holds.size();
    }
    props.holds.push_back(row_of(state, retention.holds[at]));
    props.holds.back().at = at;
  }
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
  select_lists(props, state);
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
