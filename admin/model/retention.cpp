#include "admin/model/retention.hpp"

#include <algorithm>

#include "admin/model/named.hpp"
#include "admin/model/reasons.hpp"
#include "admin/model/words.hpp"

namespace wardroom::admin {
namespace {

using protocol::RoomKind;

// Kinds always have a row, so that one sees that nothing is set.
void put_rules(RetentionState& retention, const std::vector<protocol::RetentionRule>& rules) {
  retention.rules.clear();
  for (const RoomKind kind : {RoomKind::public_, RoomKind::private_, RoomKind::direct}) {
    const auto set = std::find_if(rules.begin(), rules.end(),
                                  [&](const protocol::RetentionRule& rule) { return rule.kind == kind; });
    protocol::RetentionRule none;
    none.kind = kind;
    retention.rules.push_back(set == rules.end() ? none : *set);
  }
  for (const auto& rule : rules)
    if (rule.room) retention.rules.push_back(rule);
  retention.rules_loaded = true;
  if (retention.rule && *retention.rule >= retention.rules.size()) retention.rule.reset();
}

void refuse(RetentionState& retention, std::string why) {
  retention.busy = false;
  retention.dialog_error = std::move(why);
}

void close_dialog(RetentionState& retention) {
  retention.dialog = RetentionDialog::none;
  retention.busy = false;
  retention.dialog_error.clear();
  retention.proposed.reset();
  retention.proposed_preview.reset();
}

void open_dialog(State& state, RetentionDialog dialog) {
  close_dialog(state.retention);
  state.retention.dialog = dialog;
  state.retention.serial = state.next_serial++;
}

// What the form asks for; an error when no room is called so.
Result<protocol::AdminRetentionPreview::Params> rule_of(const State& state, const RuleForm& form) {
  const auto& retention = state.retention;
  protocol::AdminRetentionPreview::Params params;
  bool own = retention.of_a_room;
  if (own) {
    params.room = find_room_named(state, form.room);
    if (!params.room) return not_found("No room of this name is known here. Its number works, too.");
  } else if (retention.rule && *retention.rule < retention.rules.size()) {
    const auto& rule = retention.rules[*retention.rule];
    params.room = rule.room;
    params.kind = rule.room ? std::nullopt : rule.kind;
    own = rule.room.has_value();
  }
  const auto& days = keep_days();
  if (form.keep < days.size())
    params.days = days[form.keep];
  else if (own)
    params.inherit = true;
  return params;
}

bool same(const protocol::AdminRetentionPreview::Params& a,
          const protocol::AdminRetentionPreview::Params& b) {
  return a.room == b.room && a.kind == b.kind && a.days == b.days && a.inherit == b.inherit;
}

void place(Turn& turn, const HoldForm& form, std::optional<UserId> user, std::optional<RoomId> room) {
  auto& retention = turn.state.retention;
  if (!turn.call<protocol::AdminHoldPlace>({user, room, form.name, form.reason}))
    refuse(retention, "There is no connection to the server now. Nothing was changed.");
}

void preview_rules(Turn& turn) {
  if (turn.state.is_admin()) turn.call<protocol::AdminRetentionPreview>({});
}

}  // namespace

const std::vector<std::optional<std::int64_t>>& keep_days() {
  static const std::vector<std::optional<std::int64_t>> kDays{std::nullopt, 7,    30,   90,   180, 365,
                                                              730,          1095, 1825, 2555, 3650};
  return kDays;
}

std::string keep_words(std::optional<std::int64_t> days) {
  if (!days) return "for good";
  if (*days % 365 == 0) return counted(*days / 365, "year");
  return counted(*days, "day");
}

std::vector<std::string> keep_choices(bool of_a_room) {
  std::vector<std::string> words;
  for (const auto& days : keep_days()) words.push_back(keep_words(days));
  if (of_a_room) words.push_back("as all rooms of its kind");
  return words;
}

void load_retention(Turn& turn) {
  auto& retention = turn.state.retention;
  retention.loading = turn.call<protocol::AdminRetentionGet>({});
  turn.call<protocol::AdminHoldList>({});
  preview_rules(turn);
}

void fold(Turn& turn, const ShowRetention& action) {
  turn.state.retention.tab = action.tab;
}

void fold(Turn& turn, const SelectRule& action) {
  turn.state.retention.rule = action.index;
}

void fold(Turn& turn, const AskForRule& action) {
  open_dialog(turn.state, RetentionDialog::rule);
  turn.state.retention.of_a_room = action.of_a_room;
}

void fold(Turn& turn, const PreviewRule& action) {
  auto& retention = turn.state.retention;
  auto params = rule_of(turn.state, action.form);
  retention.proposed.reset();
  retention.proposed_preview.reset();
  retention.dialog_error.clear();
  if (params && turn.call<protocol::AdminRetentionPreview>(*params)) retention.proposed = std::move(*params);
}

void fold(Turn& turn, const SetRule& action) {
  auto& retention = turn.state.retention;
  if (retention.busy) return;
  const auto rule = rule_of(turn.state, action.form);
  if (!rule) return refuse(retention, rule.error().message);
  retention.dialog_error.clear();
  retention.busy = turn.call<protocol::AdminRetentionSet>(
      {rule->room, rule->kind, rule->days, rule->inherit, action.form.reason});
  if (!retention.busy) refuse(retention, "There is no connection to the server now. Nothing was changed.");
}

void fold(Turn& turn, const SelectHold& action) {
  turn.state.retention.hold = action.index;
}

void fold(Turn& turn, const LiftSelectedHold&) {
  const auto& retention = turn.state.retention;
  if (!retention.hold || *retention.hold >= retention.holds.size()) return;
  const auto& hold = retention.holds[*retention.hold];
  const std::string covers = hold.user                                    ? hold.user->display_name
                             : hold.room_name && !hold.room_name->empty() ? "# " + *hold.room_name
                                                                          : "its room";
  fold(turn, AskReason{LiftHold{hold.id, hold.name, covers}});
}

void fold(Turn& turn, const AskForHold&) {
  open_dialog(turn.state, RetentionDialog::hold);
}

void fold(Turn& turn, const PlaceHold& action) {
  auto& retention = turn.state.retention;
  if (retention.busy) return;
  retention.dialog_error.clear();
  retention.busy = true;
  if (action.form.on_room) {
    const auto room = find_room_named(turn.state, action.form.subject);
    if (!room) return refuse(retention, "No room of this name is known here. Its number works, too.");
    return place(turn, action.form, {}, room);
  }
  retention.placing = action.form;
  if (!turn.call<protocol::UserList>(look_up(action.form.subject), FindingHeld{}))
    refuse(retention, "There is no connection to the server now. Nothing was changed.");
}

void fold(Turn& turn, const Answer<protocol::UserList, FindingHeld>& answer) {
  auto& retention = turn.state.retention;
  if (!retention.busy || retention.dialog != RetentionDialog::hold) return;
  if (const auto next = look_on(answer.params, answer.result))
    if (turn.call<protocol::UserList>(*next, FindingHeld{})) return;
  const auto person = find_person_named(answer.params, answer.result);
  if (!person) return refuse(retention, person.error().message);
  place(turn, retention.placing, person->id, {});
}

void fold(Turn& turn, const CloseRetentionDialog&) {
  if (!turn.state.retention.busy) close_dialog(turn.state.retention);
}

void fold(Turn& turn, const CountPruning& action) {
  auto& retention = turn.state.retention;
  retention.prune.reset();
  retention.error.clear();
  const TimePoint before = turn.state.wall - std::chrono::days{action.days};
  // The server asks for a reason even then, and keeps none.
  if (!turn.call<protocol::AdminAuditPrune>({before, "to see what would happen", true}, CountingPruning{}))
    return;
  retention.counting = true;
  retention.prune_before = before;
}

void fold(Turn& turn, const PruneCounted&) {
  const auto& retention = turn.state.retention;
  if (retention.prune && retention.prune_before)
    fold(turn, AskReason{PruneAudit{*retention.prune_before, retention.prune->records}});
}

void fold(Turn& turn, const Answer<protocol::AdminAuditPrune, CountingPruning>& answer) {
  auto& retention = turn.state.retention;
  if (retention.prune_before != answer.params.before) return;
  retention.counting = false;
  if (answer.result)
    retention.prune = *answer.result;
  else if (turn.state.online())
    show_toast(turn, answer.result.error().message);
}

void fold(Turn& turn, const Answer<protocol::AdminRetentionGet>& answer) {
  auto& retention = turn.state.retention;
  retention.loading = false;
  retention.error.clear();
  if (answer.result) return put_rules(retention, answer.result->rules);
  if (turn.state.online()) retention.error = answer.result.error().message;
}

void fold(Turn& turn, const Answer<protocol::AdminRetentionSet>& answer) {
  auto& retention = turn.state.retention;
  if (!answer.result) return refuse(retention, answer.result.error().message);
  close_dialog(retention);
  put_rules(retention, answer.result->rules);
  preview_rules(turn);
  show_toast(turn, "The rule is set. What is older goes within the hour.", false);
}

void fold(Turn& turn, const Answer<protocol::AdminRetentionPreview>& answer) {
  auto& retention = turn.state.retention;
  if (!answer.params.room && !answer.params.kind) {
    if (answer.result) retention.preview = *answer.result;
    return;
  }
  if (!retention.proposed || !same(*retention.proposed, answer.params)) return;
  if (answer.result)
    retention.proposed_preview = *answer.result;
  else
    retention.dialog_error = answer.result.error().message;
}

void fold(Turn& turn, const Answer<protocol::AdminHoldList>& answer) {
  auto& retention = turn.state.retention;
  if (!answer.result) return;
  retention.holds = answer.result->holds;
  retention.holds_loaded = true;
  if (retention.hold && *retention.hold >= retention.holds.size()) retention.hold.reset();
}

void fold(Turn& turn, const Answer<protocol::AdminHoldPlace>& answer) {
  auto& retention = turn.state.retention;
  if (!answer.result) return refuse(retention, answer.result.error().message);
  close_dialog(retention);
  show_toast(turn, "The hold stands. Nothing that it covers is removed.", false);
  load_retention(turn);
}

}  // namespace wardroom::admin
