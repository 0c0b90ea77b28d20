#pragma once

#include "common/base/result.hpp"
#include "protocol/methods/backup.hpp"
#include "server/audit/record.hpp"

namespace wardroom::sqlite {
class Connection;
}

namespace wardroom::commands {

// The folder of backups, and the one thread that works there. `load` looks into the folder and `claim` reads
// wardroom.toml: a reader thread and the writer may, a network thread may not.
class Backups {
 public:
  virtual ~Backups() = default;
  // `db` is what the log says of them.
  virtual Result<protocol::AdminBackupList::Result> load(sqlite::Connection& db) const = 0;
  // Keeps others out until it has ended, or is given up before it was begun. `name`: of verify and rehearse.
  // `asked` has the person whose records they will be. What only the folder can tell is the outcome.
  virtual Result<protocol::BackupWork> claim(protocol::BackupAct act, const std::string& name,
                                             audit::Record asked) = 0;
  virtual void begin() = 0;
  virtual void give_up() = 0;
};

}  // namespace wardroom::commands
