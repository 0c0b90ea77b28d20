#include <ostream>

#include "ctl/commands/find_people.hpp"
#include "ctl/commands/retention.hpp"
#include "ctl/commands/words.hpp"
#include "ctl/irc_log/log.hpp"

namespace wardroom::ctl {
namespace {

// Of what was done; a dry run doesn't touch the files.
std::string files_text(bool dry_run, bool clean) {
  if (dry_run) return "";
  return clean ? " The database's files are clean."
               : " The database's files are cleaned as soon as nobody reads the old state any more.";
}

}  // namespace

Result<void> user_erase(const Context& context, const EraseArguments& arguments) {
  auto client = connect(context);
  if (!client) return client.error();
  const auto account = find_account(**client, arguments.user);
  if (!account) return account.error();
  const auto done = (*client)->call<protocol::AdminEraseTexts>(
      {account->id, arguments.reason, arguments.dry_run ? std::optional(true) : std::nullopt});
  if (!done) return done.error();
  if (context.json) {
    context.out << protocol::encode(*done) << "\n";
    return ok();
  }
  context.out << (arguments.dry_run ? "Would erase " : "Erased ") << counted(done->texts, "text") << " of "
              << counted(done->messages, "message") << " in " << counted(done->rooms, "room") << ", and in "
              << counted(done->reports, "report") << ". " << counted(done->held, "message") << " on hold "
              << (done->held == 1 ? "stays." : "stay.") << files_text(arguments.dry_run, done->files_clean)
              << "\n";
  return ok();
}

Result<void> audit_prune(const Context& context, const PruneArguments& arguments) {
  const auto day = irc_log::find_day(arguments.before);
  if (!day || arguments.before.size() != 10)
    return usage_error("A day is written YYYY-MM-DD; " + arguments.before + " isn't one.");
  auto client = connect(context);
  if (!client) return client.error();
  const auto done = (*client)->call<protocol::AdminAuditPrune>(
      {TimePoint(*day), arguments.reason, arguments.dry_run ? std::optional(true) : std::nullopt});
  if (!done) return done.error();
  if (context.json) {
    context.out << protocol::encode(*done) << "\n";
    return ok();
  }
  context.out << (arguments.dry_run ? "Would prune " : "Pruned ") << counted(done->records, "record") << "; "
              << counted(done->kept, "record") << " of that time " << (done->kept == 1 ? "stays" : "stay")
              << " whole, " << done->held << " of them for a hold."
              << files_text(arguments.dry_run || done->records == 0, done->files_clean) << "\n";
  return ok();
}

}  // namespace wardroom::ctl
