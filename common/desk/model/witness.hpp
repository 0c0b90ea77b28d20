#pragma once

#include <string_view>

#include "common/desk/model/effects.hpp"
#include "common/desk/model/events.hpp"
#include "common/desk/model/time_zone.hpp"

// This PC as a witness of the office's audit log: compares at each connection what it saw with what the
// server shows, and says so when the two don't go together. It never stands in the way of anything else.
namespace wardroom::desk {

// What a turn leaves to be done.
struct WatchNeeds {
  std::optional<LoadWitness> load;
  std::optional<tlog::Watch::Question> ask;
  std::optional<SaveWitness> save;
  bool shows_other = false;  // an alarm came up or was hidden by the time
};

// Of the server that the person is signed in to.
struct WitnessState {
  std::optional<Digest> server;  // whose memory `watch` has, or waits for
  tlog::Watch watch;
  bool asking = false;       // while there is a connection to ask on
  bool alarm_shown = false;  // at the end of the last turn
};

// At the end of each turn. `ca_pin` is the server's, nothing while nobody is signed in; `may_ask` while there
// is a connection on which the log may be asked about.
WatchNeeds watch_log(WitnessState& state, const std::optional<Digest>& ca_pin, bool may_ask, TimePoint now);
// When watch_log() next has something to do.
std::optional<TimePoint> next_watch(const WitnessState& state, bool may_ask, TimePoint now);

void load_memory(WitnessState& state, const WitnessLoaded& event, TimePoint now);
// Hides the alarm until the PC's next midnight.
void hide_alarm(WitnessState& state, const TimeZone& zone, TimePoint now);
// What to ask the server, which puts it on record, or why that can't be yet. The reason is kept with what was
// seen.
Result<protocol::AuditAcceptHead::Params> ask_to_settle(WitnessState& state, std::string_view reason);
// "This console watches the log from here on."
std::string settled_text(std::string_view watcher, tlog::Watch::Settled settled);
// Who ends an alarm, by the office's rules (server/domain/rights).
bool may_settle(protocol::Role role);

}  // namespace wardroom::desk
