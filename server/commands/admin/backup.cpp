#include "server/commands/admin/backups.hpp"
#include "server/commands/handlers.hpp"
#include "server/commands/step_job.hpp"

namespace wardroom::commands {
namespace {

Error no_folder() {
  return unavailable("This server has no folder of backups.");
}

// Who asks is looked at once more in a transaction. Records are written by the thread that works, when there
// is something to say.
template <class M>
void begin_work(LiveContext& context, BackupAct act, const std::string& name, audit::Type type,
                const Reply<M>& reply) {
  Backups* backups = context.services.backups;
  if (!backups) return reply(no_folder());
  const auto claimed = std::make_shared<BackupWork>();
  Step step{context.call, M::kName, domain::Right::manage_server, {}, {}};
  // Backups may go to another disk than the full one. A rehearsal needs room on this one.
  step.is_vital = act != BackupAct::rehearse;
  step.work = [=](WriteContext& writing) -> Result<void> {
    // Now, so that nothing can throw between the claim and what gives it up.
    writing.tx.undo.reserve(writing.tx.undo.size() + 1);
    auto work = backups->claim(act, name, writing.call.record(type));
    if (!work) return work.error();
    writing.tx.undo.push_back([backups] { backups->give_up(); });
    *claimed = *std::move(work);
    return ok();
  };
  step.then = [=](const Result<void>& outcome) {
    if (!outcome) return reply(outcome.error());
    backups->begin();
    reply(AdminBackupRun::Result{*claimed});
  };
  submit_step(context.services, context.batch, std::move(step));
}

}  // namespace

Result<AdminBackupList::Result> list_backups(ReadContext& context, const Empty&) {
  const Backups* backups = context.services.backups;
  return backups ? backups->load(context.db) : Result<AdminBackupList::Result>(no_folder());
}

void run_backup(LiveContext& context, Empty, Reply<AdminBackupRun> reply) {
  begin_work(context, BackupAct::run, "", audit::Type::backup_begun, reply);
}

void verify_backup(LiveContext& context, BackupParams params, Reply<AdminBackupVerify> reply) {
  begin_work(context, BackupAct::verify, params.name, audit::Type::backup_rechecked, reply);
}

void rehearse_restore(LiveContext& context, BackupParams params, Reply<AdminBackupRehearse> reply) {
  begin_work(context, BackupAct::rehearse, params.name, audit::Type::backup_rechecked, reply);
}

}  // namespace wardroom::commands
