#include "server/app/house_commands.hpp"

#include <chrono>
#include <iostream>
#include <thread>
#include <utility>

#include "protocol/invite_link.hpp"
#include "protocol/key_words.hpp"
#include "server/app/backup_job.hpp"
#include "server/app/loss.hpp"
#include "server/app/office_check.hpp"
#include "server/app/office_hosts.hpp"
#include "server/app/shell.hpp"
#include "server/commands/reason.hpp"
#include "server/ops/authority_rotation.hpp"
#include "server/ops/backup_folder.hpp"
#include "server/ops/backup_key.hpp"
#include "server/ops/certificates.hpp"
#include "server/ops/encrypted_backup.hpp"
#include "server/store/search_index.hpp"

namespace wardroom::app {
namespace {

namespace fs = std::filesystem;

// How long a backup waits for a server that starts: bringing a large database to a new version takes minutes.
constexpr std::chrono::minutes kBackupWaits{30};
constexpr std::chrono::milliseconds kBackupLooks{500};

struct Office {
  ops::DataDir dir;
  Options options;
};

Result<Office> open_office_for_shell(const std::string& data) {
  auto dir = ops::open_data_dir(data);
  if (!dir) return dir.error();
  auto options = load_options(dir->config());
  if (!options) return options.error();
  return Office{*std::move(dir), *std::move(options)};
}

// Nothing while a server has the directory: then it is asked. Any other failure, such as a file of another
// account, isn't taken for one.
Result<std::optional<ops::DirLock>> lock_unless_served(const ops::DataDir& dir) {
  auto lock = ops::DirLock::acquire(dir);
  if (lock) return std::optional(*std::move(lock));
  if (lock.error().reason == "directory_in_use") return std::optional<ops::DirLock>();
  return lock.error();
}

// What a command did offline, after which what root made goes to the directory's owner: also what one left
// that failed half-way.
template <class T>
Result<T> given_to_owner(const ops::DataDir& dir, Result<T> done) {
  if (auto given = ops::give_to_owner(dir); !given && done) return given.error();
  return done;
}

// As the log keeps it: a longer one would be cut there.
Result<std::string> check_stated(const std::string& reason) {
  auto line = domain::check_line("--reason", reason, commands::kMaxReason);
  if (!line) {
    Error error = line.error();
    error.message = "--reason: " + error.message;
    return error;
  }
  if (line->empty()) return params_error("--reason", "Say why with --reason, for the audit log.");
  return line;
}

int print_summary(const Result<ops::BackupSummary>& backup, const std::string& done) {
  if (!backup) return fail(backup.error());
  std::cout << done << ": " << backup->records << " audit records, the last of " << to_rfc3339(backup->at)
            << ", " << (backup->bytes + 1023) / 1024 << " KiB\n";
  if (backup->missing_files > 0)
    std::cerr << "wardroomd: " << backup->missing_files
              << " contents of files are missing in it. Their messages are there; wardroomd check --data DIR "
                 "names them.\n";
  return printed();
}

// Asks the server when one serves the directory: only its writer may write the records.
Result<ops::BackupSummary> back_up(const ops::DataDir& dir, const fs::path& to,
                                   const std::optional<Digest>& recipient, const Clock& machine) {
  const auto until = std::chrono::steady_clock::now() + kBackupWaits;
  bool is_told = false;
  const auto lock = lock_or_find_server(dir, [&] {
    if (!std::exchange(is_told, true))
      std::cerr << "wardroomd: waiting for the server, which has the directory and doesn't answer yet.\n";
    std::this_thread::sleep_for(kBackupLooks);
    return std::chrono::steady_clock::now() < until;
  });
  if (!lock) return lock.error();
  if (!*lock) return back_up_served(dir, to, recipient);
  return given_to_owner(dir, back_up_offline(dir, to, machine, recipient));
}

int remove_surplus(const BackupOptions& options, TimePoint now) {
  const auto removed = ops::remove_surplus(options.folder, options.keep, options.days, now);
  if (!removed) return fail(removed.error());
  for (const auto& file : *removed) std::cout << "Removed " << file.string() << "\n";
  return printed();
}

int list_folder(const BackupOptions& options) {
  const auto backups = ops::list_backups(options.folder);
  if (!backups) return fail(backups.error());
  for (const auto& backup : *backups)
    std::cout << to_rfc3339(backup.at) << "  " << (backup.bytes + 1023) / 1024 << " KiB  "
              << backup.file.string() << "\n";
  if (backups->empty()) std::cout << "There is no backup in " << options.folder << ".\n";
  return printed();
}

int verify_file(const ops::DataDir& dir, const fs::path& file) {
  const auto digest = ops::digest_of_file(file);
  if (!digest) return fail(digest.error());
  auto db = sqlite::Connection::open(dir.database(), sqlite::Connection::Mode::read_only);
  if (!db) return fail(db.error());
  const auto checked = find_checked(**db, *digest);
  if ((*db)->failure()) return fail(*(*db)->failure());
  if (!checked)
    return fail(
        conflict("backup_unknown",
                 file.string() +
                     " isn't a backup that this office has checked, byte for byte: it was changed or "
                     "cut off, or is another office's. What is in it is known after wardroomd restore "
                     "--rehearse --from " +
                     file.string() + " --data SCRATCH"));
  std::cout << file.string() << " is byte for byte what was opened and checked at " << to_rfc3339(*checked)
            << ".\n";
  return printed();
}

Result<void> rebuild_index(const ops::DataDir& dir) {
  constexpr std::int64_t kPiece = 20'000;
  const auto index = store::SearchIndex::open(dir.search_index(), dir.database());
  if (!index) return index.error();
  if (auto begun = (*index)->begin_again(); !begun) return begun;
  for (bool more = true; more;) {
    const auto stepped = (*index)->step(kPiece);
    if (!stepped) return stepped.error();
    more = *stepped;
  }
  return ok();
}

int rehearse(const RestoreArguments& arguments, const Result<ops::BackupSummary>& restored) {
  if (!restored) return fail(restored.error());
  const auto checked = check_restored({arguments.data}, SystemClock().now());
  std::error_code why;
  fs::remove_all(arguments.data, why);
  if (!checked) return fail(checked.error());
  if (why) return fail(unavailable(arguments.data + " can't be removed: " + why.message() + "."));
  return print_summary(restored, "Restored, checked and removed again " + arguments.data);
}

}  // namespace

int run_backup(const BackupArguments& arguments, const Clock& machine) {
  const auto office = open_office_for_shell(arguments.data);
  if (!office) return fail(office.error());
  const BackupOptions& options = office->options.backup;
  if (arguments.list) return list_folder(options);
  if (!arguments.verify.empty()) return verify_file(office->dir, arguments.verify);
  const TimePoint now = machine.now();
  std::optional<Digest> recipient;
  if (!options.recipient.empty()) recipient = *ops::parse_recipient(options.recipient);
  const fs::path to = arguments.to.empty()
                          ? fs::path(options.folder) / ops::backup_name(now, recipient.has_value())
                          : fs::path(arguments.to);
  // Before the backup's own records, which bear the machine's time.
  const TimePoint believed = believed_time(office->dir, machine);
  const auto written = back_up(office->dir, to, recipient, machine);
  const int status = print_summary(
      written, std::string(recipient ? "Wrote, checked and encrypted " : "Wrote and checked ") + to.string());
  return status == 0 && arguments.to.empty() ? remove_surplus(options, believed) : status;
}

int run_backup_key(const std::string& to) {
  const auto keys = ops::make_backup_keys();
  if (auto made = ops::create_backup_key_file(to, keys.secret); !made) return fail(made.error());
  std::cout << ops::format_recipient(keys.recipient) << "\n";
  std::cerr << "Put that line into wardroom.toml, as recipient of [backup]. Keep " << to
            << " off this machine, in two places: without it no encrypted backup can be read.\n";
  return printed();
}

int run_restore(const RestoreArguments& arguments) {
  const auto reason = check_stated(arguments.reason);
  if (!reason) return fail(reason.error(), kMisused);
  std::optional<Secret> key;
  if (!arguments.key.empty()) {
    auto loaded = ops::load_backup_key_file(arguments.key);
    if (!loaded) return fail(loaded.error());
    key = *std::move(loaded);
  }
  const auto restored = ops::restore_backup(arguments.from, arguments.data, *reason, SystemClock(), key);
  if (arguments.rehearse) return rehearse(arguments, restored);
  if (restored)
    if (auto given = ops::give_to_service({arguments.data}); !given) return fail(given.error());
  const int status = print_summary(restored, "Restored and checked " + arguments.data);
  if (status == 0)
    std::cout << "What was written after the backup is lost; every PC that saw more raises an alarm.\n"
              << "Next:  " << ops::start_line({arguments.data}) << "\n";
  return status;
}

int run_confirm_clock(const ReasonArguments& arguments) {
  const auto reason = check_stated(arguments.reason);
  if (!reason) return fail(reason.error(), kMisused);
  const auto dir = ops::open_data_dir(arguments.data);
  if (!dir) return fail(dir.error());
  const SystemClock clock;
  const auto lock = lock_unless_served(*dir);
  if (!lock) return fail(lock.error());
  const auto by = *lock ? given_to_owner(*dir, confirm_clock_offline(*dir, *reason, clock))
                        : confirm_clock_served(*dir, *reason);
  if (!by) return fail(by.error());
  std::cout << "The clock is believed: it is " << to_rfc3339(clock.now()) << ". Before, the server doubted "
            << std::chrono::duration_cast<std::chrono::seconds>(*by).count() << " s of it.\n";
  return printed();
}

int run_accept_loss(const ReasonArguments& arguments) {
  const auto reason = check_stated(arguments.reason);
  if (!reason) return fail(reason.error(), kMisused);
  const auto dir = ops::open_data_dir(arguments.data);
  if (!dir) return fail(dir.error());
  const auto lock = ops::DirLock::acquire(*dir);
  if (!lock) return fail(lock.error());
  const auto loss = given_to_owner(*dir, accept_loss(*dir, *reason, SystemClock()));
  if (!loss) return fail(loss.error());
  std::cout << "The office goes on with the log as it is: " << loss->found.size << " records, "
            << protocol::fingerprint(loss->found.root) << ".\n";
  if (loss->kept)
    std::cout << "Signed had been: " << loss->kept->size << " records, "
              << protocol::fingerprint(loss->kept->root) << ".\n";
  std::cout << "PCs that saw more say so until somebody settles it there; tell your auditor.\n";
  return printed();
}

int run_config_check(const std::string& data) {
  const auto dir = ops::open_data_dir(data);
  if (!dir) return fail(dir.error());
  const auto mistakes = find_mistakes(dir->config());
  for (const auto& mistake : mistakes) fail(mistake);
  if (!mistakes.empty()) return kFailed;
  std::cout << dir->config().string() << " is well-formed.\n";
  const auto lock = lock_unless_served(*dir);
  if (!lock) return fail(lock.error());
  if (*lock) {
    std::cout << "No server runs with it: the next start takes it up.\n";
    return printed();
  }
  const auto answer = ask_server(*dir, {.act = LocalQuestion::Act::options});
  if (!answer) return fail(answer.error());
  std::cout << (answer->text.empty() ? "The running server has the same options.\n" : answer->text);
  return printed();
}

int run_reload(const std::string& data) {
  const auto dir = ops::open_data_dir(data);
  if (!dir) return fail(dir.error());
  const auto answer = ask_server(*dir, {.act = LocalQuestion::Act::reload});
  if (!answer) return fail(answer.error());
  std::cout << answer->text << "Reloaded.\n";
  return printed();
}

int run_reindex(const std::string& data) {
  const auto dir = ops::open_data_dir(data);
  if (!dir) return fail(dir.error());
  const auto lock = lock_unless_served(*dir);
  if (!lock) return fail(lock.error());
  if (!*lock) {
    const auto answer = ask_server(*dir, {.act = LocalQuestion::Act::reindex});
    if (!answer) return fail(answer.error());
    std::cout << "The server rebuilds its search index; until it has, searches say that there may be more.\n";
    return printed();
  }
  if (auto rebuilt = given_to_owner(*dir, rebuild_index(*dir)); !rebuilt) return fail(rebuilt.error());
  std::cout << "Rebuilt the search index.\n";
  return printed();
}

int run_hosts_list(const HostsArguments& arguments) {
  const auto office = open_office_for_shell(arguments.data);
  if (!office) return fail(office.error());
  for (const auto& host : office->options.server.hosts)
    std::cout << host << (ops::check_served_name(office->dir, host) ? "" : "  not in the certificate")
              << "\n";
  return printed();
}

int run_hosts_add(const HostsArguments& arguments, const Clock& machine) {
  const auto dir = ops::open_data_dir(arguments.data);
  if (!dir) return fail(dir.error());
  const auto host = ops::parse_host(arguments.added);
  if (!host) return fail(host.error());
  const auto lock = lock_unless_served(*dir);
  if (!lock) return fail(lock.error());
  if (*lock) {
    const auto changed =
        given_to_owner(*dir, add_office_host(*dir, host->text, believed_time(*dir, machine)));
    if (!changed) return fail(changed.error());
  } else {
    const auto answer = ask_server(*dir, {.act = LocalQuestion::Act::host_added, .host = host->text});
    if (!answer) return fail(answer.error());
    std::cout << answer->text;
  }
  std::cout << "PCs may reach the server as " << host->text
            << " too. Fingerprint, links and invites stay as they are.\n"
            << "Programs that were given tls/ca.crt itself, such as curl, need the new one.\n";
  return printed();
}

int run_link(const std::string& data) {
  const auto office = open_office_for_shell(data);
  if (!office) return fail(office.error());
  const auto link = compose_link(office->dir, office->options);
  if (!link) return fail(link.error());
  std::cout << *link << "\n";
  return printed();
}

int run_fingerprint(const std::string& data, bool as_words) {
  const auto dir = ops::open_data_dir(data);
  if (!dir) return fail(dir.error());
  const auto rotation = ops::load_rotation(*dir);
  if (!rotation) return fail(rotation.error());
  std::cout << (as_words ? protocol::spell(protocol::key_words(rotation->pin))
                         : protocol::fingerprint(rotation->pin))
            << "\n";
  return printed();
}

}  // namespace wardroom::app
