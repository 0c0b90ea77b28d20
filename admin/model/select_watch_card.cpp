#include "admin/model/select_console.hpp"
#include "admin/model/witness.hpp"
#include "admin/model/words.hpp"
#include "common/desk/model/select_witness.hpp"

namespace wardroom::admin {
namespace {

// Comparisons are ten minutes apart; a server that evades them for this long is worth a look.
constexpr std::chrono::minutes kLong{60};

// "3 days ahead of", "40 minutes behind".
std::string apart_text(std::chrono::milliseconds doubt) {
  const auto size = std::chrono::abs(doubt);
  const auto of = [size]<class Unit>(Unit unit, std::string_view noun) {
    return counted((size + unit / 2) / unit, noun);
  };
  const std::string length = size >= std::chrono::days{2}    ? of(std::chrono::days{1}, "day")
                             : size >= std::chrono::hours{2} ? of(std::chrono::hours{1}, "hour")
                                                             : of(std::chrono::minutes{1}, "minute");
  return length + (doubt.count() > 0 ? " ahead of" : " behind");
}

}  // namespace

desk::LogAlarmProps select_log_alarm(const State& state) {
  const auto of_the_log = desk::select_log_alarm(state.witness, state.now);
  if (!of_the_log.text.empty() || !state.audit.mismatch) return of_the_log;
  const AuditIndex wrong = *state.audit.mismatch;
  return {"Record " + grouped(wrong.value) +
              " isn't what the server has signed: the text that it shows doesn't stand in the log. Tell your "
              "auditor, and don't rely on this server until it is explained.",
          wrong};
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
  if (state.clock_doubt.count() != 0) {
    props.text = "The server's clock is " + apart_text(state.clock_doubt) +
                 " what it believes: nothing ends by it yet · " + props.text;
    props.clock_doubted = true;
  }
  props.behind = state.online() && watch.last_compared() && *watch.last_compared() + kLong < state.now;
  return props;
}

}  // namespace wardroom::admin
