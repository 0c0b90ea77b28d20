#pragma once

#include <optional>

#include "admin/model/actions.hpp"
#include "admin/model/turn.hpp"

// The server's backups: made, verified, restored on trial.
namespace wardroom::admin {

void load_backups(Turn& turn);
// While the page is open and something goes on, it is asked again. Nothing: nobody waits.
std::optional<TimePoint> next_backups(const State& state);
void load_backups_when_due(Turn& turn);

void fold(Turn& turn, const RefreshBackups& action);
void fold(Turn& turn, const SelectBackup& action);
void fold(Turn& turn, const RunBackup& action);
void fold(Turn& turn, const VerifyBackup& action);
void fold(Turn& turn, const RehearseBackup& action);
void fold(Turn& turn, const Answer<protocol::AdminBackupList>& answer);
void fold(Turn& turn, const Answer<protocol::AdminBackupRun>& answer);
void fold(Turn& turn, const Answer<protocol::AdminBackupVerify>& answer);
void fold(Turn& turn, const Answer<protocol::AdminBackupRehearse>& answer);

}  // namespace wardroom::admin
