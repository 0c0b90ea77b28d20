#include "admin/model/witness.hpp"

namespace wardroom::admin {
namespace {

// Who has to choose a password first may ask for nothing else.
bool may_ask(const State& state) {
  return state.online() && state.signed_in() && state.duty == Duty::none;
}

void ask(Turn& turn, const tlog::Watch::Question& question) {
  if (const auto* consistency = std::get_if<protocol::AuditConsistency::Params>(&question))
    turn.call<protocol::AuditConsistency>(*consistency);
  else
    turn.call<protocol::AuditCheckpoint>({});
}

TimePoint next_midnight(const State& state) {
  const auto today = std::chrono::floor<std::chrono::days>(state.now + state.utc_offset);
  return TimePoint{today + std::chrono::days{1}} - state.utc_offset;
}

}  // namespace

void watch_log(Turn& turn) {
  State& state = turn.state;
  auto& witness = state.witness;
  if (witness.asking && !may_ask(state)) {
    witness.watch.disconnect();
    witness.asking = false;
  }
  if (!state.signed_in() || !state.server) return;
  if (witness.server != state.server->ca_pin) {
    witness = {};
    witness.server = state.server->ca_pin;
    turn.effect(LoadWitness{state.server->ca_pin});
    return;
  }
  if (may_ask(state)) {
    witness.asking = true;
    if (const auto question = witness.watch.next_question(state.now)) ask(turn, *question);
  }
  if (witness.watch.take_unsaved()) turn.effect(SaveWitness{*witness.server, witness.watch.memory()});
  const bool shown = witness.watch.alarm_shown(state.now);
  if (shown != witness.alarm_shown) ++state.revision;
  witness.alarm_shown = shown;
}

std::optional<TimePoint> next_watch(const State& state) {
  const auto& watch = state.witness.watch;
  std::optional<TimePoint> next;
  if (may_ask(state)) next = watch.due();
  const auto& hidden = watch.memory().hidden_until;
  if (hidden && *hidden > state.now && (!next || *hidden < *next)) next = hidden;
  return next;
}

void fold(Turn& turn, const WitnessLoaded& event) {
  auto& witness = turn.state.witness;
  if (witness.server == event.ca_pin) witness.watch.load(event.memory, turn.state.now);
}

void fold(Turn& turn, const Answer<protocol::AuditCheckpoint>& answer) {
  turn.state.witness.watch.answer(answer.result, turn.state.now);
}

void fold(Turn& turn, const Answer<protocol::AuditConsistency>& answer) {
  turn.state.witness.watch.answer(answer.params, answer.result, turn.state.now);
}

void fold(Turn& turn, const HideLogAlarm&) {
  turn.state.witness.watch.hide_until(next_midnight(turn.state));
}

void fold(Turn& turn, const DismissLogNotice&) {
  turn.state.witness.watch.dismiss_notice();
}

void fold(Turn& turn, const SettleLogAlarm&) {
  auto& witness = turn.state.witness;
  if (!witness.watch.settle_alarm(turn.state.now))
    return show_toast(turn, "The server hasn't shown its log yet. Try again when you're connected.");
  witness.details_open = false;
  show_toast(turn, "This console watches the log from here on. What it saw before is kept.", false);
}

void fold(Turn& turn, const ShowWatch& action) {
  turn.state.witness.details_open = action.on;
}

}  // namespace wardroom::admin
