#include "ctl/commands/backup.hpp"

#include <chrono>
#include <ostream>
#include <thread>

#include "ctl/commands/client.hpp"
#include "ctl/commands/table.hpp"
#include "ctl/commands/words.hpp"
#include "protocol/methods/backup.hpp"

namespace wardroom::ctl {
namespace {

using protocol::AdminBackupList;
using protocol::BackupAct;
using protocol::BackupFile;
using protocol::BackupOutcome;
using protocol::BackupWork;

constexpr std::chrono::milliseconds kLookAgain{500};

const char* verb(BackupAct act) {
  switch (act) {
    case BackupAct::run:
      return "backup";
    case BackupAct::verify:
      return "verification";
    case BackupAct::rehearse:
      break;
  }
  return "rehearsal";
}

std::string size_in_kib(std::int64_t bytes) {
  return std::to_string((bytes + 1023) / 1024) + " KiB";
}

std::string if_at(const std::optional<TimePoint>& at) {
  return at ? local_minute(*at) : "-";
}

std::string outcome_in_words(const BackupOutcome& outcome) {
  return std::string(outcome.ok ? "" : "FAILED: ") + outcome.text;
}

void print_list(const Context& context, const AdminBackupList::Result& list) {
  if (list.work)
    context.out << "Going on: " << verb(list.work->act) << " of " << list.work->name << " since "
                << local_second(list.work->begun_at) << ", for " << list.work->by << "; "
                << size_in_kib(list.work->bytes) << " so far\n";
  if (list.last)
    context.out << "Last: " << verb(list.last->act) << " of " << list.last->name << ", for " << list.last->by
                << ", until " << local_second(list.last->ended_at) << "\n  " << outcome_in_words(*list.last)
                << "\n";
  if (list.backups.empty()) {
    if (!list.problem) context.out << "There is no backup in " << list.folder << ".\n";
    return;
  }
  Table table({"BACKUP", "SIZE", "CHECKED", "VERIFIED", "REHEARSED", "KEPT UNTIL", "ENCRYPTED"});
  for (const auto& backup : list.backups)
    table.add({backup.name, size_in_kib(backup.bytes), if_at(backup.checked_at), if_at(backup.verified_at),
               if_at(backup.rehearsed_at), local_minute(backup.kept_until), backup.encrypted ? "yes" : "no"});
  table.print(context.out);
  context.out << "In " << list.folder << "; the newest " << list.keep << " stay longer.\n";
  for (const auto& backup : list.backups)
    if (backup.problem) context.out << "PROBLEM  " << backup.name << ": " << *backup.problem << "\n";
}

// Until the server has done it. Should it be done by then twice, the last one's end isn't ours.
Result<BackupOutcome> await_end(link::BlockingClient& client, const BackupWork& work) {
  for (;;) {
    const auto list = client.call<AdminBackupList>();
    if (!list) return list.error();
    const auto is_ours = [&](const auto& other) {
      return other && other->begun_at == work.begun_at && other->name == work.name && other->act == work.act;
    };
    if (is_ours(list->last)) return *list->last;
    if (!is_ours(list->work))
      return unavailable(
          "The server knows nothing more of it: it was restarted, or went on to another one. "
          "The log says what came of it: wardroomctl audit query --type server.backup_*");
    std::this_thread::sleep_for(kLookAgain);
  }
}

Result<void> report_end(const Context& context, link::BlockingClient& client,
                        const Result<protocol::AdminBackupRun::Result>& begun, bool no_wait) {
  if (!begun) return begun.error();
  const auto& work = begun->work;
  if (no_wait) {
    if (context.json)
      context.out << protocol::encode(*begun) << "\n";
    else
      context.out << "Begun: " << verb(work.act) << " of " << work.name
                  << ". Its end: wardroomctl backup list\n";
    return ok();
  }
  const auto outcome = await_end(client, work);
  if (!outcome) return outcome.error();
  if (context.json) context.out << protocol::encode(*outcome) << "\n";
  if (!outcome->ok) return unavailable(work.name + ": " + outcome->text);
  if (!context.json) context.out << work.name << "\n" << outcome->text << "\n";
  return ok();
}

Result<std::string> name_or_newest(link::BlockingClient& client, const std::string& name) {
  if (!name.empty()) return name;
  const auto list = client.call<AdminBackupList>();
  if (!list) return list.error();
  if (list->problem) return unavailable(*list->problem);
  if (list->backups.empty()) return not_found("There is no backup in " + list->folder + ".");
  return list->backups.front().name;
}

template <class M>
Result<void> try_backup(const Context& context, const BackupArguments& arguments) {
  auto client = connect(context);
  if (!client) return client.error();
  const auto name = name_or_newest(**client, arguments.name);
  if (!name) return name.error();
  return report_end(context, **client, (*client)->call<M>({*name}), arguments.no_wait);
}

}  // namespace

Result<void> backup_list(const Context& context, const BackupArguments&) {
  auto client = connect(context);
  if (!client) return client.error();
  const auto list = (*client)->call<AdminBackupList>();
  if (!list) return list.error();
  if (context.json)
    context.out << protocol::encode(*list) << "\n";
  else
    print_list(context, *list);
  return list->problem ? Result<void>(unavailable(*list->problem)) : ok();
}

Result<void> backup_run(const Context& context, const BackupArguments& arguments) {
  auto client = connect(context);
  if (!client) return client.error();
  return report_end(context, **client, (*client)->call<protocol::AdminBackupRun>(), arguments.no_wait);
}

Result<void> backup_verify(const Context& context, const BackupArguments& arguments) {
  return try_backup<protocol::AdminBackupVerify>(context, arguments);
}

Result<void> backup_rehearse(const Context& context, const BackupArguments& arguments) {
  return try_backup<protocol::AdminBackupRehearse>(context, arguments);
}

}  // namespace wardroom::ctl
