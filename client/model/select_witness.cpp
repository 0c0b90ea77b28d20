#include "client/model/select_witness.hpp"

#include "client/model/moment_words.hpp"
#include "client/model/time_zone.hpp"
#include "protocol/server_address.hpp"

namespace wardroom::client {
namespace {

// "128,402 records"
std::string records_words(std::int64_t records) {
  std::string text = std::to_string(records);
  for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > 0; at -= 3)
    text.insert(static_cast<std::size_t>(at), ",");
  return text + (records == 1 ? " record" : " records");
}

LogHeadProps head_props(const State& state, std::int64_t size, TimePoint at, const std::string& note) {
  if (note.empty()) return {};
  return {records_words(size), full_text(state.zone, at), tlog::short_root(note)};
}

std::string status_of(const State& state) {
  const auto& watch = state.witness.watch;
  std::string text;
  if (watch.memory().since)
    text = "Watched since " + day_text(state.zone, *watch.memory().since, state.now) + ". ";
  if (!watch.last_compared()) return text + "Not compared yet since the start of this program.";
  text += "Last compared at " + moment_words(state.zone, *watch.last_compared(), state.now);
  if (!watch.memory().alarm) return text + ": nothing was changed.";
  if (watch.at_peace()) return text + ": the server shows the log that this computer knows again.";
  return text + ": it is still so.";
}

}  // namespace

LogAlarmProps select_log_alarm(const State& state) {
  const auto& watch = state.witness.watch;
  if (watch.alarm_shown(state.now)) return {watch.memory().alarm->sentence, true};
  return {watch.memory().notice, false};
}

WatchProps select_watch(const State& state) {
  const auto& watch = state.witness.watch;
  const auto& memory = watch.memory();
  WatchProps props;
  props.status = status_of(state);
  props.report = tlog::compose_report(
      memory, to_string(protocol::ServerAddress{state.server->host, state.server->port}));
  if (memory.alarm) {
    const auto& alarm = *memory.alarm;
    props.alarm = true;
    props.sentence = alarm.sentence;
    props.seen = head_props(state, alarm.seen.size, alarm.seen.at, alarm.seen.note);
    props.shown = head_props(state, alarm.shown, alarm.at, alarm.shown_note);
    props.can_settle = watch.can_settle();
    return props;
  }
  props.sentence = memory.notice;
  if (!memory.witness.heads.empty()) {
    const auto& head = memory.witness.heads.back();
    props.seen = head_props(state, head.size, head.at, head.note);
  }
  return props;
}

}  // namespace wardroom::client
