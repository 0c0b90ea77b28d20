#pragma once

#include <atomic>
#include <mutex>
#include <optional>
#include <thread>

#include "common/base/trusted_clock.hpp"
#include "server/app/figures.hpp"
#include "server/app/local_question.hpp"
#include "server/app/options.hpp"
#include "server/audit/backup_log.hpp"
#include "server/commands/admin/backups.hpp"
#include "server/ops/backup.hpp"
#include "server/ops/backup_folder.hpp"
#include "server/store/writer.hpp"

namespace wardroom::app {

// Backups that an administrator asks for, on a thread of their own that makes way for all others, one at a
// time. Its records bear the name of who asked. Writer, figures and clock outlive it.
class BackupWorker final : public commands::Backups {
 public:
  BackupWorker(ops::DataDir dir, store::Writer& writer, Figures& figures, const TrustedClock& clock)
      : dir_(std::move(dir)), writer_(writer), figures_(figures), clock_(clock) {}
  ~BackupWorker() { stop(); }

  // What the log knew at the start. Before anything is claimed.
  void note_unsound(audit::FailedLooks failed);

  // One reader thread at a time looks into the folder, so that one which hangs, as a network's may, costs the
  // office no second one; the others get what was seen last.
  Result<protocol::AdminBackupList::Result> load(sqlite::Connection& db) const override;
  Result<protocol::BackupWork> claim(protocol::BackupAct act, const std::string& name,
                                     audit::Record asked) override;
  void begin() override;
  void give_up() override;

  // Gives up what goes on, with its record; a call into a folder that hangs is waited for. Idempotent.
  void stop();

 private:
  struct Task {
    protocol::BackupWork work;
    audit::Record asked;
    BackupOptions options;
    std::filesystem::path file() const { return std::filesystem::path(options.folder) / work.name; }
  };
  struct Ended {
    bool ok = false;
    std::string text;
    std::int64_t records = 0;  // of the log in it; 0: nobody looked
    bool is_verdict = true;    // else it says nothing of the backup
  };
  // What is done, on the thread of its own.
  void work(const Task& task);
  Ended carry_out(const Task& task);
  Ended break_off(const Task& task, const std::string& why);
  protocol::BackupOutcome outcome_of(const Task& task, const Ended& ended) const;
  Result<void> tell(const Task& task, const LocalQuestion& question);
  Ended unlooked(const Error& error) const;
  Ended bad(const Error& error) const;
  static Error no_such_backup(const std::filesystem::path& folder, const std::string& name);
  Result<void> check_known(const Task& task) const;
  std::optional<Ended> check_rehearsable(const Task& task) const;
  void note_verdict(const Task& task, const Ended& ended);
  void forget_gone(const std::vector<ops::KeptBackup>& there) const;
  Ended make_backup(const Task& task);
  Ended verify(const Task& task);
  Ended rehearse(const Task& task);
  Result<void> append_recheck(const Task& task, const Ended& ended);
  Error told(const Error& error) const;
  std::int64_t written_so_far(const Task& task) const;

  const ops::DataDir dir_;
  store::Writer& writer_;
  Figures& figures_;
  const TrustedClock& clock_;
  mutable std::mutex mutex_;
  std::optional<Task> task_;  // claimed, or going on
  std::optional<protocol::BackupOutcome> last_;
  mutable audit::FailedLooks unsound_;  // of backups that were there when somebody looked last
  mutable std::optional<std::vector<protocol::BackupFile>> seen_;
  mutable SteadyPoint looking_since_{};
  mutable std::mutex looking_;  // held while a reader is in the folder
  std::thread thread_;
  std::atomic<bool> stopping_{false};
};

}  // namespace wardroom::app
