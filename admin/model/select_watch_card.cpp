#include "admin/model/select_console.hpp"
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

// The server checks itself each day, if it isn't told otherwise: one that hasn't for as long as this doesn't
// run or can't.
constexpr std::chrono::days kCheckLate{8};

std::chrono::seconds check_age(const State& state) {
  return std::chrono::seconds{state.check->age_s} +
         std::chrono::duration_cast<std::chrono::seconds>(state.now - state.check_told_at);
}

// "tables checked today 04:12", or what came of it.
std::string check_text(const State& state) {
  if (!state.check) return "tables not checked yet";
  const auto& check = *state.check;
  const std::string when = past_text(state.zone, state.wall - check_age(state), state.wall);
  if (check.wrong > 0)
    return "checked " + when + ": " + counted(check.wrong, "thing") + " in its database wrong";
  if (check.unproven > 0)
    return "checked " + when + ": " + counted(check.unproven, "text") + " of messages not proven";
  return "tables checked " + when;
}

desk::LogAlarmProps check_alarm(const State& state) {
  if (!state.check || state.check->wrong == 0) return {};
  return {
      "The server's check of itself found " + counted(state.check->wrong, "thing") +
          " in its database that " + (state.check->wrong == 1 ? "doesn't" : "don't") +
          " follow from its log; the record names them. Keep its files as they are, tell your auditor, and "
          "don't rely on this server until it is explained.",
      state.check->record};
}

}  // namespace

desk::LogAlarmProps select_log_alarm(const State& state) {
  const auto of_the_log = desk::select_log_alarm(state.witness, state.wall);
  if (!of_the_log.text.empty()) return of_the_log;
  if (!state.audit.mismatch) return check_alarm(state);
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
  if (memory.since) props.text = "Watched since " + past_text(state.zone, *memory.since, state.wall);
  if (!memory.witness.heads.empty())
    props.text += " · " + counted(memory.witness.heads.back().size, "record");
  if (watch.last_compared())
    props.text += " · last compared " + past_text(state.zone, *watch.last_compared(), state.wall);
  if (props.text.empty())
    props.text = desk::watch_status(state.witness, State::kWatcher, state.zone, state.wall);
  if (watch.last_compared()) props.text += " · " + check_text(state);
  props.check_wanting =
      state.check && (state.check->wrong > 0 || state.check->unproven > 0 || check_age(state) > kCheckLate);
  props.alarm = memory.alarm.has_value();
  if (state.clock_doubt.count() != 0) {
    props.text = "The server's clock is " + apart_text(state.clock_doubt) +
                 " what it believes: nothing ends by it yet · " + props.text;
    props.clock_doubted = true;
  }
  props.behind = state.online() && watch.last_compared() && *watch.last_compared() + kLong < state.wall;
  return props;
}

}  // namespace wardroom::admin
