#include "client/model/witness.hpp"

#include "client/model/settings.hpp"

namespace wardroom::client {
namespace {

// Who has to choose a password first may ask for nothing else.
bool may_ask(const State& state) {
  return state.online() && state.signed_in() && !state.held_up();
}

}  // namespace

void watch_log(Turn& turn) {
  State& state = turn.state;
  std::optional<Digest> pin;
  if (state.signed_in() && state.server) pin = state.server->ca_pin;
  auto needs = desk::watch_log(state.witness, pin, may_ask(state), state.now);
  if (needs.load) turn.effect(*needs.load);
  if (needs.ask) {
    if (const auto* params = std::get_if<protocol::AuditConsistency::Params>(&*needs.ask))
      turn.call<protocol::AuditConsistency>(*params);
    else
      turn.call<protocol::AuditCheckpoint>({});
  }
  if (needs.save) turn.effect(std::move(*needs.save));
  if (needs.shows_other) ++state.revisions.ui;
}

std::optional<TimePoint> next_watch(const State& state) {
  return desk::next_watch(state.witness, may_ask(state), state.now);
}

void fold(Turn& turn, const WitnessLoaded& event) {
  desk::load_memory(turn.state.witness, event, turn.state.now);
}

void fold(Turn& turn, const Answer<protocol::AuditCheckpoint>& answer) {
  turn.state.witness.watch.answer(answer.result, turn.state.now);
}

void fold(Turn& turn, const Answer<protocol::AuditConsistency>& answer) {
  turn.state.witness.watch.answer(answer.params, answer.result, turn.state.now);
}

void fold(Turn& turn, const desk::WatchAct& act) {
  State& state = turn.state;
  switch (act) {
    case desk::WatchAct::open:
      // Whoever compares by telephone wants the newest one.
      state.witness.watch.compare_soon();
      return fold(turn, ShowDialog{Dialog::watch});
    case desk::WatchAct::close:
      return fold(turn, ShowDialog{Dialog::none});
    case desk::WatchAct::hide:
      return desk::hide_alarm(state.witness, state.zone, state.now);
    case desk::WatchAct::settle: {
      const auto settled = desk::settle_alarm(state.witness, kWatcher, state.now);
      if (!settled) return show_toast(turn, settled.error().message);
      state.dialog = Dialog::none;
      return show_toast(turn, *settled, false);
    }
  }
}

}  // namespace wardroom::client
