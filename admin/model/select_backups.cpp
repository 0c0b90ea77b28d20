#include "admin/model/select_console.hpp"
#include "admin/model/sorting.hpp"
#include "admin/model/words.hpp"

namespace wardroom::admin {
namespace {

using protocol::BackupAct;
using protocol::BackupFile;

std::string if_past(const State& state, const std::optional<TimePoint>& at) {
  return at ? past_text(state.zone, *at, state.now) : "";
}

std::string work_words(const State& state, const protocol::BackupWork& work) {
  const std::string what = work.act == BackupAct::run      ? "A backup is being made"
                           : work.act == BackupAct::verify ? work.name + " is being verified"
                                                           : work.name + " is being restored on trial";
  return what + " for " + work.by + ", since " + clock_text(state.zone, work.begun_at) +
         (work.bytes > 0 ? "; " + size_words(work.bytes) + " so far." : ".");
}

std::string last_words(const State& state, const protocol::BackupOutcome& last) {
  const std::string what = last.act == BackupAct::run      ? "The backup of "
                           : last.act == BackupAct::verify ? "The verification of "
                                                           : "The rehearsal of ";
  return what + clock_text(state.zone, last.begun_at) + ", for " + last.by + (last.ok ? ": " : ", failed: ") +
         last.text;
}

BackupCard backup_card(const State& state, const BackupFile& backup) {
  BackupCard card;
  card.name = backup.name;
  card.line = size_words(backup.bytes) + (backup.encrypted ? ", encrypted" : "") + ", kept until at least " +
              moment_text(state.zone, backup.kept_until);
  card.problem = backup.problem.value_or("");
  card.can_rehearse = !backup.encrypted;
  if (backup.encrypted)
    card.why_not = "It can't be opened here: its key isn't on the server. Rehearse it where the key is.";
  return card;
}

OrderKey backup_key(const BackupFile& backup, std::size_t column) {
  switch (static_cast<BackupsColumn>(column)) {
    case BackupsColumn::at:
      return time_key(backup.at);
    case BackupsColumn::size:
      return {"", backup.bytes};
    case BackupsColumn::checked:
      return time_key(backup.checked_at);
    case BackupsColumn::verified:
      return time_key(backup.verified_at);
    case BackupsColumn::rehearsed:
      return time_key(backup.rehearsed_at);
    case BackupsColumn::state:
      return {"", backup.problem ? 0 : backup.encrypted ? 1 : 2};
  }
  return {};
}

}  // namespace

BackupsProps select_backups(const State& state) {
  const auto& backups = state.backups;
  BackupsProps props;
  props.loading = backups.loading;
  props.busy = backups.busy;
  props.error = backups.error;
  if (!backups.shown) return props;
  const auto& shown = *backups.shown;
  if (shown.problem) props.error = *shown.problem;
  props.busy = props.busy || shown.work.has_value();
  if (!shown.folder.empty()) {
    props.summary = grouped(static_cast<std::int64_t>(shown.backups.size())) + " in " + shown.folder;
    props.rule = "A backup is made every night. The newest " + grouped(shown.keep) +
                 " are kept, the others for " + counted(shown.days, "day") +
                 (shown.encrypts ? "; new ones are encrypted." : ".");
  }
  if (shown.work) props.work = work_words(state, *shown.work);
  if (shown.last) {
    props.last = last_words(state, *shown.last);
    props.last_failed = !shown.last->ok;
  }
  props.sort = sort_of(state, ListName::backups);
  for (const std::size_t at : shown_places(state, ListName::backups, shown.backups, backup_key)) {
    const BackupFile& backup = shown.backups[at];
    if (backup.name == backups.selected) {
      props.selected = props.rows.size();
      props.card = backup_card(state, backup);
    }
    props.rows.push_back({backup.name, past_text(state.zone, backup.at, state.now), size_words(backup.bytes),
                          if_past(state, backup.checked_at), if_past(state, backup.verified_at),
                          if_past(state, backup.rehearsed_at), backup.encrypted, backup.problem.has_value()});
  }
  return props;
}

}  // namespace wardroom::admin
