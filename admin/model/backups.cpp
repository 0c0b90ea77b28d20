#include "admin/model/backups.hpp"

namespace wardroom::admin {
namespace {

constexpr std::chrono::seconds kBackupsAsked{2};

// It goes on at the server from now on.
void fold_begun(Turn& turn, const Result<protocol::AdminBackupRun::Result>& begun) {
  auto& backups = turn.state.backups;
  backups.busy = false;
  if (!begun)
    show_toast(turn, begun.error().message);
  else if (backups.shown)
    backups.shown->work = begun->work;
  if (!backups.loading) load_backups(turn);
}

}  // namespace

void load_backups(Turn& turn) {
  auto& backups = turn.state.backups;
  backups.loading = turn.call<protocol::AdminBackupList>({});
  backups.asked_at = turn.state.now;
}

std::optional<TimePoint> next_backups(const State& state) {
  const auto& backups = state.backups;
  if (state.page != Page::backups || !state.online() || backups.loading || !backups.shown ||
      !backups.shown->work || !backups.asked_at)
    return std::nullopt;
  return *backups.asked_at + kBackupsAsked;
}

void load_backups_when_due(Turn& turn) {
  const auto due = next_backups(turn.state);
  if (due && turn.state.now >= *due) load_backups(turn);
}

void fold(Turn& turn, const RefreshBackups&) {
  if (!turn.state.backups.loading) load_backups(turn);
}

void fold(Turn& turn, const SelectBackup& action) {
  turn.state.backups.selected = action.name;
}

void fold(Turn& turn, const RunBackup&) {
  auto& backups = turn.state.backups;
  if (!backups.busy) backups.busy = turn.call<protocol::AdminBackupRun>({});
}

void fold(Turn& turn, const VerifyBackup& action) {
  auto& backups = turn.state.backups;
  if (!backups.busy) backups.busy = turn.call<protocol::AdminBackupVerify>({action.name});
}

void fold(Turn& turn, const RehearseBackup& action) {
  auto& backups = turn.state.backups;
  if (!backups.busy) backups.busy = turn.call<protocol::AdminBackupRehearse>({action.name});
}

void fold(Turn& turn, const Answer<protocol::AdminBackupList>& answer) {
  auto& backups = turn.state.backups;
  backups.loading = false;
  if (answer.result) {
    backups.shown = *answer.result;
    backups.error.clear();
  } else if (turn.state.online()) {
    backups.shown.reset();
    backups.error = answer.result.error().message;
  }
}

void fold(Turn& turn, const Answer<protocol::AdminBackupRun>& answer) {
  fold_begun(turn, answer.result);
}

void fold(Turn& turn, const Answer<protocol::AdminBackupVerify>& answer) {
  fold_begun(turn, answer.result);
}

void fold(Turn& turn, const Answer<protocol::AdminBackupRehearse>& answer) {
  fold_begun(turn, answer.result);
}

}  // namespace wardroom::admin
