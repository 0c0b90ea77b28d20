#include "client/model/select_dialogs.hpp"

#include "client/model/length_words.hpp"
#include "client/model/reasons.hpp"
#include "client/model/room_name.hpp"
#include "client/model/thread.hpp"
#include "common/desk/model/words.hpp"
#include "common/language/tr.hpp"

namespace wardroom::client {
namespace {

struct ActionWords {
  std::string title;
  std::string consequence;
  std::string confirm;
  std::string hint;
  bool danger = false;
};

ActionWords words_against(ReasonedAction act, const std::string& who, const std::string& where) {
  if (act == ReasonedAction::mute)
    return {tr("Mute {0} in {1}", who, where),
            tr("{0} can read but not post here until the mute ends. They are told why.", who), tr("Mute"),
            tr("For example: flooding the room"), true};
  if (act == ReasonedAction::kick)
    return {tr("Remove {0} from {1}", who, where),
            tr("{0} is told why, and can rejoin where they could join before.", who), tr("Remove"),
            tr("For example: wrong room"), true};
  return {tr("Ban {0} from {1}", who, where),
          tr("{0} is removed and can't rejoin until the ban ends. They are told why.", who), tr("Ban"),
          tr("For example: insults after a warning"), true};
}

ActionWords words_of(ReasonedAction act, const std::string& who, const std::string& where) {
  switch (act) {
    case ReasonedAction::delete_message:
      return {tr("Delete the message of {0}", who),
              tr("A tombstone with your name and reason stays in its place. It can be brought back."),
              tr("Delete"), tr("For example: wrong room"), true};
    case ReasonedAction::restore_message:
      return {tr("Restore the message of {0}", who), tr("Everybody in {0} sees it again.", where),
              tr("Restore"), tr("For example: deleted by mistake"), false};
    case ReasonedAction::report:
      return {tr("Report the message of {0}", who),
              tr("The moderators see it as it is now, with the few before it, even if it is changed later. "
                 "{0} isn't told who reported it.",
                 who),
              tr("Report"), tr("What is wrong with it?"), true};
    case ReasonedAction::mute:
    case ReasonedAction::kick:
    case ReasonedAction::ban:
      return words_against(act, who, where);
    case ReasonedAction::lock:
      return {tr("Lock {0}", where),
              tr("Until it's unlocked, only moderators can post. Everybody can still read."), tr("Lock"),
              tr("For example: wait for the announcement"), true};
    case ReasonedAction::unlock:
      return {tr("Unlock {0}", where), tr("Everybody in it can post again."), tr("Unlock"),
              tr("For example: it is settled"), false};
    case ReasonedAction::archive:
      return {tr("Archive {0}", where),
              tr("Nobody can post in it any more. It can still be read, searched, and opened again."),
              tr("Archive"), tr("For example: the project is over"), true};
    case ReasonedAction::unarchive:
      return {tr("Open {0} again", where), tr("Its members can post again."), tr("Open again"),
              tr("For example: the project goes on"), false};
    case ReasonedAction::slow_mode:
      return {tr("Slow mode in {0}", where),
              tr("Each member can post once in that time. Moderators aren't affected."), tr("Set"),
              tr("For example: too many at once"), false};
  }
  return {};
}

std::string length_choice(ReasonedAction act, std::int64_t seconds) {
  if (seconds > 0) return length_words(seconds);
  return act == ReasonedAction::slow_mode ? tr("Off") : tr("Until lifted");
}

std::string act_words(protocol::MessageVersion::Act act) {
  using Act = protocol::MessageVersion::Act;
  switch (act) {
    case Act::posted:
      return tr("Posted");
    case Act::edited:
      return tr("Edited");
    case Act::deleted:
      return tr("Deleted");
    case Act::restored:
      return tr("Restored");
  }
  return {};
}

std::string ago(TimePoint now, TimePoint t) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now - t).count();
  if (seconds < 60) return tr("just now");
  if (seconds < 3'600) return tr("{0} min ago", std::to_string(seconds / 60));
  if (seconds < 86'400) return tr("{0} h ago", std::to_string(seconds / 3'600));
  const auto days = seconds / 86'400;
  return tr_count(days, "{0} day ago", "{0} days ago");
}

Secret in_groups(const Secret& secret) {
  std::string text;
  for (std::size_t i = 0; i < secret.size(); ++i) {
    if (i > 0 && i % 4 == 0) text += ' ';
    text += secret.reveal()[i];
  }
  return Secret(std::move(text));
}

}  // namespace

ReasonDialogProps select_reason_dialog(const State& state) {
  const auto& asked = state.reason_dialog;
  ReasonDialogProps props;
  const auto* room = state.find_room(asked.room);
  if (!room) return props;
  UserId user = asked.user;
  if (asked.seq.is_set()) {
    const auto* message = find_message(state, asked.room, asked.seq);
    if (message) user = message->author;
  }
  const bool direct = room->info.kind == protocol::RoomKind::direct;
  const std::string where = (direct ? "" : "#") + room_name(state, *room);
  auto words = words_of(asked.act, user.is_set() ? person_name(state, user) : tr("Somebody"), where);
  props.serial = asked.serial;
  props.title = std::move(words.title);
  props.consequence = std::move(words.consequence);
  props.confirm = std::move(words.confirm);
  props.hint = std::move(words.hint);
  props.danger = words.danger;
  props.reason = asked.reason;
  for (const auto seconds : action_lengths(asked.act))
    props.lengths.push_back(length_choice(asked.act, seconds));
  props.length_label = asked.act == ReasonedAction::slow_mode ? tr("One message in") : tr("For how long");
  props.length = asked.length;
  props.busy = asked.form.busy;
  props.error = asked.form.error;
  return props;
}

VersionsProps select_versions(const State& state) {
  VersionsProps props;
  props.loading = state.versions.form.busy;
  props.error = state.versions.form.error;
  for (const auto& version : state.versions.versions)
    props.rows.push_back(
        {act_words(version.act),
         day_text(state.zone, version.at, state.wall) + ", " + clock_text(state.zone, version.at),
         person_name(state, version.by), version.text, version.erased.value_or(false), version.reason});
  return props;
}

SecondFactorProps select_second_factor(const State& state) {
  const auto& from = state.second_factor;
  SecondFactorProps props;
  props.stage = from.stage;
  props.required = from.required || state.enrolling;
  props.codes_left = from.codes_left;
  props.secret = in_groups(from.secret);
  props.uri = from.uri;
  props.codes = from.codes;
  props.busy = from.form.busy;
  props.error = from.form.error;
  return props;
}

std::vector<DeviceRow> select_devices(const State& state) {
  std::vector<DeviceRow> rows;
  for (const auto& session : state.devices) {
    DeviceRow row;
    row.session = session.id;
    row.name = session.device.empty() ? tr("A device without a name") : session.device;
    row.detail =
        tr("{0} · {1} · used {2}", session.client, session.ip, ago(state.wall, session.last_used_at));
    row.current = session.current;
    row.connected = session.connected;
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace wardroom::client
