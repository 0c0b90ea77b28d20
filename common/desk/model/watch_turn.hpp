#pragma once

#include <concepts>

#include "common/desk/model/props/witness.hpp"
#include "common/desk/model/tick.hpp"
#include "common/desk/model/turn.hpp"
#include "common/desk/model/witness.hpp"
#include "common/language/tr.hpp"

// A program as a witness of the office's audit log: what witness.hpp asks and keeps goes over the program's
// link and disk. It goes by the PC's clock, whose times it keeps. The program's state has `witness` and
// `kWatcher`; its own namespace has show_watch(Turn&, bool), which opens and closes what the witness knows.
namespace wardroom::desk {

// Who has to choose a password first may ask for nothing else.
template <class State>
bool may_ask_log(const State& state) {
  return state.online() && state.signed_in() && !state.held_up();
}

template <class Turn>
void ask_log(Turn& turn, const protocol::AuditCheckpoint::Params& params) {
  turn.template call<protocol::AuditCheckpoint>(params);
}
template <class Turn>
void ask_log(Turn& turn, const protocol::AuditConsistency::Params& params) {
  turn.template call<protocol::AuditConsistency>(params);
}
template <class Turn>
void ask_log(Turn& turn, const protocol::AuditAddWitness::Params& params) {
  turn.template call<protocol::AuditAddWitness>(params);
}
template <class Turn>
void ask_log(Turn& turn, const protocol::AuditCosign::Params& params) {
  turn.template call<protocol::AuditCosign>(params);
}

// At the end of each turn.
template <class Turn>
void watch_log(Turn& turn) {
  auto& state = turn.state;
  std::optional<Digest> pin;
  if (state.signed_in() && state.server) pin = state.server->ca_pin;
  auto needs = watch_log(state.witness, pin, may_ask_log(state), state.wall);
  if (needs.load) turn.effect(*needs.load);
  if (needs.ask) std::visit([&turn](const auto& params) { ask_log(turn, params); }, *needs.ask);
  if (needs.save) turn.effect(std::move(*needs.save));
  if (needs.shows_other) state.count_change();
}

// When watch_log() next has something to do.
template <class State>
std::optional<TimePoint> next_watch(const State& state) {
  const auto next = next_watch(state.witness, may_ask_log(state), state.wall);
  return next ? std::optional(when_wall_shows(state, *next)) : std::nullopt;
}

template <class Turn>
void fold(Turn& turn, const WitnessLoaded& event) {
  load_memory(turn.state.witness, event, turn.state.wall);
}

template <class Turn>
void fold(Turn& turn, const Answer<protocol::AuditCheckpoint>& answer) {
  turn.state.witness.watch.answer(answer.result, turn.state.wall);
}
template <class Turn, class M>
requires std::same_as<M, protocol::AuditConsistency> || std::same_as<M, protocol::AuditAddWitness> ||
    std::same_as<M, protocol::AuditCosign>
void fold(Turn& turn, const Answer<M>& answer) {
  auto& watch = turn.state.witness.watch;
  watch.answer(answer.params, answer.result, turn.state.wall);
  if (auto trouble = watch.take_clock_trouble(); !trouble.empty()) show_toast(turn, std::move(trouble));
}

template <class Turn>
void fold(Turn& turn, const WatchAct& act) {
  auto& state = turn.state;
  switch (act) {
    case WatchAct::open:
      // Whoever compares by telephone wants the newest one.
      state.witness.watch.compare_soon();
      return show_watch(turn, true);
    case WatchAct::close:
      return show_watch(turn, false);
    case WatchAct::hide:
      return hide_alarm(state.witness, state.zone, state.wall);
  }
}

template <class Turn>
void fold(Turn& turn, const SettleAlarm& action) {
  auto& state = turn.state;
  if (!may_ask_log(state))
    return show_toast(turn, tr("You're offline. The alarm can be ended once you're connected."));
  const auto asked = ask_to_settle(state.witness, action.reason);
  if (!asked) return show_toast(turn, asked.error().message);
  turn.template call<protocol::AuditAcceptHead>(*asked);
  state.count_change();
}
// Until then the alarm stands, and the dialog with what was typed.
template <class Turn>
void fold(Turn& turn, const Answer<protocol::AuditAcceptHead>& answer) {
  auto& state = turn.state;
  const auto settled = state.witness.watch.answer(answer.params, answer.result, state.wall);
  state.count_change();
  if (!settled) return show_toast(turn, settled.error().message);
  show_watch(turn, false);
  show_toast(turn, settled_text(state.kWatcher, *settled), false);
}

}  // namespace wardroom::desk
