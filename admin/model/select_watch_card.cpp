#include "admin/model/select_console.hpp"
#include "admin/model/witness.hpp"
#include "admin/model/words.hpp"
#include "common/desk/model/select_witness.hpp"

namespace wardroom::admin {
namespace {

// Comparisons are ten minutes apart; a server that evades them for this long is worth a look.
constexpr std::chrono::minutes kLong{60};

}  // namespace

desk::LogAlarmProps select_log_alarm(const State& state) {
  const auto of_the_log = desk::select_log_alarm(state.witness, state.now);
  if (of_the_log.alarm || !state.audit.mismatch) return of_the_log;
  const AuditIndex wrong = *state.audit.mismatch;
  return {"Record " + grouped(wrong.value) +
              " isn't what the server has signed: the text that it shows doesn't stand in the log. Tell your "
              "auditor, and don't rely on this server until it is explained.",
          true, wrong};
}

WatchCardProps select_watch_card(const State& state) {
  const auto& watch = state.witness.watch;
  const auto& memory = watch.memory();
  WatchCardProps props;
  if (memory.since) props.text = "Watched since " + past_text(state.zone, *memory.since, state.now);
  if (!memory.witness.heads.empty())
    props.text += " · " + counted(memory.witness.heads.back().size, "record");
  if (watch.last_compared())
    props.text += " · last compared " + past_text(state.zone, *watch.last_compared(), state.now);
  if (props.text.empty()) props.text = desk::watch_status(state.witness, kWatcher, state.zone, state.now);
  props.alarm = memory.alarm.has_value();
  props.behind = state.online() && watch.last_compared() && *watch.last_compared() + kLong < state.now;
  return props;
}

}  // namespace wardroom::admin
