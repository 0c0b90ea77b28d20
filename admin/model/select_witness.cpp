#include "admin/model/select_console.hpp"
#include "admin/model/words.hpp"
#include "protocol/server_address.hpp"

namespace wardroom::admin {
namespace {

// Comparisons are ten minutes apart; a server that evades them for this long is worth a look.
constexpr std::chrono::minutes kLong{60};

LogHeadProps head_props(const State& state, std::int64_t size, TimePoint at, const std::string& note) {
  if (note.empty()) return {};
  return {counted(size, "record"), moment_text(at, state.utc_offset), tlog::short_root(note)};
}

std::string status_of(const State& state) {
  const auto& watch = state.witness.watch;
  if (!watch.last_compared())
    return watch.trouble().empty() ? "Not compared yet since the start of this program."
                                   : "Not compared yet: " + watch.trouble();
  const std::string when = "Last compared " + past_text(*watch.last_compared(), state.now, state.utc_offset);
  if (!watch.memory().alarm) return when + ": nothing was changed.";
  if (watch.at_peace()) return when + ": the server shows the log that this console knows again.";
  return when + ": it is still so.";
}

std::string card_of(const State& state) {
  const auto& watch = state.witness.watch;
  const auto& memory = watch.memory();
  std::string text;
  if (memory.since) text = "Watched since " + past_text(*memory.since, state.now, state.utc_offset);
  if (!memory.witness.heads.empty()) text += " · " + counted(memory.witness.heads.back().size, "record");
  if (watch.last_compared())
    text += " · last compared " + past_text(*watch.last_compared(), state.now, state.utc_offset);
  return text.empty() ? status_of(state) : text;
}

}  // namespace

LogAlarmProps select_log_alarm(const State& state) {
  const auto& watch = state.witness.watch;
  if (watch.alarm_shown(state.now)) return {watch.memory().alarm->sentence, true, false, {}};
  if (const auto& wrong = state.audit.mismatch)
    return {
        "Record " + grouped(wrong->value) +
            " isn't what the server has signed: the text that it shows doesn't stand in the log. Tell your "
            "auditor, and don't rely on this server until it is explained.",
        true, true, *wrong};
  return {watch.memory().notice, false, false, {}};
}

WatchProps select_watch(const State& state) {
  const auto& watch = state.witness.watch;
  const auto& memory = watch.memory();
  WatchProps props;
  props.open = state.witness.details_open;
  props.card = card_of(state);
  props.status = status_of(state);
  props.behind = state.online() && watch.last_compared() && *watch.last_compared() + kLong < state.now;
  if (props.open)
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

}  // namespace wardroom::admin
