#include "common/desk/model/witness.hpp"

#include "common/base/trimmed.hpp"
#include "common/language/tr.hpp"

namespace wardroom::desk {

WatchNeeds watch_log(WitnessState& state, const std::optional<Digest>& ca_pin, bool may_ask, TimePoint now) {
  WatchNeeds needs;
  if (state.asking && !may_ask) {
    state.watch.disconnect();
    state.asking = false;
  }
  if (!ca_pin) return needs;
  if (state.server != ca_pin) {
    state = {};
    state.server = ca_pin;
    needs.load = LoadWitness{*ca_pin};
    return needs;
  }
  if (may_ask) {
    state.asking = true;
    needs.ask = state.watch.next_question(now);
  }
  if (state.watch.take_unsaved()) needs.save = SaveWitness{*ca_pin, state.watch.memory()};
  const bool shown = state.watch.alarm_shown(now);
  needs.shows_other = shown != state.alarm_shown;
  state.alarm_shown = shown;
  return needs;
}

std::optional<TimePoint> next_watch(const WitnessState& state, bool may_ask, TimePoint now) {
  std::optional<TimePoint> next;
  if (may_ask) next = state.watch.due();
  const auto& hidden = state.watch.memory().hidden_until;
  if (hidden && *hidden > now && (!next || *hidden < *next)) next = hidden;
  return next;
}

void load_memory(WitnessState& state, const WitnessLoaded& event, TimePoint now) {
  if (state.server == event.ca_pin) state.watch.load(event.memory, now);
}

void hide_alarm(WitnessState& state, const TimeZone& zone, TimePoint now) {
  state.watch.hide_until(start_of_day(zone, local_day(zone, now) + std::chrono::days{1}));
}

Result<protocol::AuditAcceptHead::Params> ask_to_settle(WitnessState& state, std::string_view reason) {
  const std::string kept(trimmed(reason));
  if (kept.empty())
    return params_error("reason", tr("Say what the auditor found: it is kept with what was seen."));
  if (auto asked = state.watch.ask_to_settle(kept)) return *std::move(asked);
  return unavailable(tr("The server hasn't shown its log yet. Try again when you're connected."));
}

std::string settled_text(std::string_view watcher, tlog::Watch::Settled settled) {
  std::string text =
      tr("This {0} watches the log from here on. What it saw before is kept.", std::string(watcher));
  if (settled == tlog::Watch::Settled::not_on_record)
    text += tr(" The server is too old to put that on record: tell your auditor.");
  return text;
}

bool may_settle(protocol::Role role) {
  return role == protocol::Role::auditor || role == protocol::Role::admin;
}

}  // namespace wardroom::desk
