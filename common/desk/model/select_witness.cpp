#include "common/desk/model/select_witness.hpp"

#include "common/desk/model/words.hpp"
#include "common/language/tr.hpp"

namespace wardroom::desk {
namespace {

LogHeadProps head_props(const TimeZone& zone, std::int64_t size, TimePoint at, const std::string& note) {
  if (note.empty()) return {};
  return {tr_count(size, "{0} record", "{0} records"), full_text(zone, at), tlog::spoken_root(note)};
}

}  // namespace

LogAlarmProps select_log_alarm(const WitnessState& state, TimePoint now) {
  const auto& memory = state.watch.memory();
  if (!state.watch.alarm_shown(now)) return {};
  return {memory.alarm->sentence, {}};
}

std::string watch_status(const WitnessState& state, std::string_view watcher, const TimeZone& zone,
                         TimePoint now) {
  const auto& watch = state.watch;
  std::string text;
  if (watch.memory().since) text = tr("Watched since {0}. ", past_text(zone, *watch.memory().since, now));
  if (!watch.last_compared())
    return text + (watch.trouble().empty() ? tr("Not compared yet since the start of this program.")
                                           : tr("Not compared yet: {0}", watch.trouble()));
  text += tr("Last compared {0}", past_text(zone, *watch.last_compared(), now));
  if (!watch.memory().alarm)
    return tr("{0}: nothing was changed.{1}", text,
              (watch.clock_trouble().empty() ? ""
                                             : tr(" {0} Until then this {1} can't vouch for the log.",
                                                  watch.clock_trouble(), std::string(watcher))));
  if (!watch.at_peace()) return tr("{0}: it is still so.", text);
  return tr("{0}: the server shows the log that this {1} knows again.", text, std::string(watcher));
}

WatchProps select_watch(const WitnessState& state, std::string_view watcher, const std::string& place,
                        const TimeZone& zone, TimePoint now, std::optional<protocol::Role> role) {
  const auto& memory = state.watch.memory();
  WatchProps props;
  props.watcher = watcher;
  props.status = watch_status(state, watcher, zone, now);
  props.report = tlog::compose_report(memory, place);
  if (memory.alarm) {
    const auto& alarm = *memory.alarm;
    props.alarm = true;
    props.sentence = alarm.sentence;
    props.seen = head_props(zone, alarm.seen.size, alarm.seen.at, alarm.seen.note);
    props.shown = head_props(zone, alarm.shown, alarm.at, alarm.shown_note);
    const bool may = role && may_settle(*role);
    props.can_settle = may && state.watch.can_settle();
    if (!may)
      props.why_not =
          tr("Auditors and administrators end it, on record: one of them signs in on this computer. For "
             "everybody "
             "here it ends with that.");
    else if (!props.can_settle)
      props.why_not = tr("Possible when the server has shown its log again.");
    return props;
  }
  if (!memory.witness.heads.empty()) {
    const auto& head = memory.witness.heads.back();
    props.seen = head_props(zone, head.size, head.at, head.note);
  }
  return props;
}

}  // namespace wardroom::desk
