#include "client/model/witness.hpp"

#include "client/model/time_zone.hpp"

namespace wardroom::client {
namespace {

// Who has to choose a password first may ask for nothing else.
bool may_ask(const State& state) {
  return state.online() && state.signed_in() && !state.held_up();
}

void ask(Turn& turn, const tlog::Watch::Question& question) {
  if (const auto* consistency = std::get_if<protocol::AuditConsistency::Params>(&question))
    turn.call<protocol::AuditConsistency>(*consistency);
  else
    turn.call<protocol::AuditCheckpoint>({});
}

TimePoint next_midnight(const State& state) {
  const auto day = local_day(state.zone, state.now) + std::chrono::days{1};
  const TimePoint midnight{day};
  return midnight - state.zone.offset_at(midnight);
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
  if (shown != witness.alarm_shown) ++state.revisions.ui;
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
  if (witness.server != event.ca_pin) return;
  witness.watch.load(event.memory, turn.state.now);
  ++turn.state.revisions.ui;
}

void fold(Turn& turn, const Answer<protocol::AuditCheckpoint>& answer) {
  turn.state.witness.watch.answer(answer.result, turn.state.now);
  ++turn.state.revisions.ui;
}

void fold(Turn& turn, const Answer<protocol::AuditConsistency>& answer) {
  turn.state.witness.watch.answer(answer.params, answer.result, turn.state.now);
  ++turn.state.revisions.ui;
}

void fold(Turn& turn, const HideLogAlarm&) {
  turn.state.witness.watch.hide_until(next_midnight(turn.state));
  ++turn.state.revisions.ui;
}

void fold(Turn& turn, const DismissLogNotice&) {
  turn.state.witness.watch.dismiss_notice();
  ++turn.state.revisions.ui;
}

void fold(Turn& turn, const SettleLogAlarm&) {
  State& state = turn.state;
  if (!state.witness.watch.settle_alarm(state.now))
    return show_toast(turn, "The server hasn't shown its log yet. Try again when you're connected.");
  state.dialog = Dialog::none;
  ++state.revisions.ui;
  show_toast(turn, "This computer watches the log from here on. What it saw before is kept.", false);
}

}  // namespace wardroom::client
