#include <algorithm>
#include <iostream>
#include <signal.h>
#include <sodium.h>
#include <unistd.h>

#include <CLI/CLI.hpp>

#include "common/base/log.hpp"
#include "common/completion/completion.hpp"
#include "common/completion/empty_values.hpp"
#include "common/evidence/database_check.hpp"
#include "server/app/appliance.hpp"
#include "server/app/authority_commands.hpp"
#include "server/app/backup_job.hpp"
#include "server/app/house_commands.hpp"
#include "server/app/initialise.hpp"
#include "server/app/insight_arguments.hpp"
#include "server/app/local_question.hpp"
#include "server/app/office_check.hpp"
#include "server/app/shell.hpp"
#include "server/audit/log.hpp"
#include "server/ops/authority_rotation.hpp"
#include "server/ops/backup_contents.hpp"
#include "server/ops/certificates.hpp"
#include "server/ops/host_name.hpp"
#include "server/ops/served_chain.hpp"
#include "server/ops/service_notice.hpp"
#include "server/store/database.hpp"
#include "server/store/search_index.hpp"

using namespace wardroom;

namespace {

using app::fail;
using app::printed;

struct InitArguments {
  std::string data, hosts, name = "Office";
  std::uint16_t port = 7443;
  bool announce = false;
};

int run_init(const InitArguments& arguments) {
  app::Options options;
  auto hosts = ops::parse_hosts(arguments.hosts);
  if (!hosts) return fail(hosts.error());
  options.server.hosts.clear();
  for (const auto& host : *hosts) options.server.hosts.push_back(host.text);
  options.server.name = arguments.name;
  options.server.port = arguments.port;
  options.discovery.announce = arguments.announce;
  const auto done = app::initialise(arguments.data, options, SystemClock());
  if (!done) return fail(done.error());
  std::cout << "Made " << arguments.data << ".\n\n"
            << "CA fingerprint:  " << done->fingerprint << "\n"
            << (arguments.announce ? "As words:        " + done->words + "\n" : "")
            << "Invite link:     " << done->invite_link.reveal() << "\n"
            << "Set-up code:     " << done->setup_code.reveal() << "\n\n"
            << "Next:  " << ops::start_line({arguments.data}) << "\n"
            << "Then, on this machine and within 30 minutes, make the first administrator:\n"
            << "       wardroomctl setup --data " << arguments.data << " --user NAME\n"
            << "The invite link lets one colleague make an account; it is good for 7 days.\n"
            << std::flush;
  if (auto given = ops::give_to_service({arguments.data}); !given) return fail(given.error());
  if (std::cout) return 0;
  return fail(unavailable("The output can't be written. The office is made; its codes are in " +
                          arguments.data + "/run/setup-code."));
}

// Waits for a signal that ends the server; SIGHUP on the way reloads. True: none did, and it must be started
// again, because it reads only and there is room on the disk now.
bool serve_until_signal(app::Appliance& appliance, const sigset_t& signals) {
  constexpr timespec kBetweenLooks{5, 0};
  for (;;) {
    const int signal = sigtimedwait(&signals, nullptr, &kBetweenLooks);
    if (signal < 0) {
      if (appliance.has_room_again()) return true;
      continue;
    }
    if (signal != SIGHUP) {
      spdlog::info("server.stopping signal={}", signal);
      return false;
    }
    app::reload_contained([&] { return appliance.reload(); });
  }
}

int run_server(const std::string& data) {
  const auto dir = ops::open_data_dir(data);
  if (!dir) return app::fail_start(dir.error(), data);
  const auto options = app::load_options(dir->config());
  if (!options) return app::fail_start(options.error(), data);
  init_log(options->log.level);
  // Blocked before any thread starts, so that only sigwait below sees them.
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&signals, signal);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  signal(SIGPIPE, SIG_IGN);
  // A limit on the size of files is an error of that write (EFBIG), as a full disk is.
  signal(SIGXFSZ, SIG_IGN);

  const SystemClock clock;
  ops::tell_status("Opening and checking the office");
  auto appliance = app::Appliance::start(*dir, *options, clock);
  if (!appliance) return app::fail_start(appliance.error(), data);
  std::cout << "ready port=" << (*appliance)->port() << " pid=" << getpid() << std::endl;
  const auto status = [&] {
    return ((*appliance)->reads_only() ? "The disk is full: reading alone on port " : "Serving on port ") +
           std::to_string((*appliance)->port());
  };
  ops::tell_ready(status());
  while (serve_until_signal(**appliance, signals)) {
    spdlog::warn("store.disk_has_room writes=taken_after_a_restart");
    (*appliance)->stop();
    appliance->reset();  // before the next one: it has the directory's lock and the port
    appliance = app::Appliance::start(*dir, *options, clock);
    if (!appliance) return app::fail_start(appliance.error(), data);
    ops::tell_status(status());
  }
  ops::tell_stopping();
  (*appliance)->stop();
  spdlog::info("server.stopped");
  return 0;
}

std::string describe_clock(const ops::DataDir& dir, TimePoint believed, TimePoint now) {
  const auto apart = std::chrono::duration_cast<std::chrono::minutes>(now - believed);
  if (std::chrono::abs(apart) < std::chrono::minutes{1}) return "believed";
  return std::to_string(apart.count()) + " minutes from what the server believes, " + to_rfc3339(believed) +
         ": nothing expires by it. If it is right: wardroomd confirm-clock --data " + dir.root.string() +
         " --reason TEXT";
}

std::string describe_backup(const app::LastBackup& last, TimePoint at) {
  const std::string failed = last.failed ? "; the one after it failed" : "";
  if (!last.verified) return last.failed ? "none yet; the last one that was tried failed" : "none yet";
  const auto age = std::chrono::duration_cast<std::chrono::hours>(at - *last.verified);
  return "the newest was checked " + std::to_string(age.count()) + " hours ago" + failed;
}

std::string describe_disk(const std::optional<ops::DiskSpace>& disk) {
  return disk ? std::to_string(disk->free_bytes >> 20) + " of " + std::to_string(disk->bytes >> 20) +
                    " MiB free"
              : "the system doesn't say how much is free";
}

std::string describe_authority(const ops::Rotation& rotation, TimePoint at) {
  const auto days_until = [&](TimePoint end) {
    return std::to_string(std::chrono::floor<std::chrono::days>(end - at).count()) + " days";
  };
  std::string text = days_until(rotation.authority_ends) + " left";
  if (rotation.phase == ops::RotationPhase::none) return text;
  text += rotation.phase == ops::RotationPhase::announced ? "; the next one is announced"
                                                          : "; the one before is still shown";
  return text + ", which holds for " + days_until(rotation.statement_ends);
}

void print_tables(const evidence::TablesReport& report) {
  for (const auto& line : report.confirmed) std::cout << "compared       " << line << "\n";
  for (const auto& line : report.not_proven) std::cout << "not proven     " << line << "\n";
}

// What the search index is like. What isn't as it should be is the error.
Result<std::string> check_search(const ops::DataDir& dir) {
  if (!std::filesystem::exists(dir.search_index())) return std::string("none yet; the next start makes it");
  const auto check = store::check_search_index(dir.search_index(), dir.database());
  const std::string remedy = " Rebuild it: wardroomd reindex --data " + dir.root.string();
  if (!check)
    return make_error(ErrorCode::internal,
                      "The search index can't be read: " + check.error().message + remedy);
  if (check->is_other) return std::string("not of this state of the database; the next start rebuilds it");
  for (const auto& finding : check->findings) std::cerr << "search index: " << finding << "\n";
  if (!check->findings.empty())
    return make_error(ErrorCode::internal, "The search index doesn't go with the messages." + remedy);
  return std::to_string(check->messages) + " messages" +
         (check->behind == 0 ? "" : ", " + std::to_string(check->behind) + " to come");
}

// A server that runs may serve what the files held some time ago.
void add_shown(std::vector<app::Finding>& findings, const ops::DataDir& dir, const std::string& pem,
               TimePoint at) {
  const auto is_file = ops::check_shown(dir, pem);
  if (is_file) return;
  findings.push_back({is_file.error(), false});
  const auto served = ops::read_served(dir, pem);
  const auto holds = served ? ops::check_expiry(dir, *served, at) : Result<void>(served.error());
  if (!holds) findings.push_back({holds.error(), false});
}

int run_check(const std::string& data) {
  const auto dir = ops::open_data_dir(data);
  if (!dir) return fail(dir.error());
  const auto options = app::load_options(dir->config());
  if (!options) return fail(options.error());
  const SystemClock clock;
  const TimePoint at = app::believed_time(*dir, clock);
  auto findings = app::check_office(*dir, *options, at);
  const auto shown = app::ask_server(*dir, {.act = app::LocalQuestion::Act::certificates});
  if (shown) add_shown(findings, *dir, shown->text, at);
  const auto copies = app::check_copies(*options);
  findings.insert(findings.end(), copies.begin(), copies.end());
  const auto disk = ops::measure_disk(dir->root);
  for (auto& finding : app::check_disk(disk, *options)) findings.push_back(std::move(finding));
  int status = 0;
  bool is_served = true;
  for (const auto& finding : findings) {
    status = fail(finding.error);
    is_served = is_served && !finding.refused;
  }
  // Where nothing is served, there is nothing to compare.
  if (!is_served) return status;
  const auto certificate = ops::load_served(*dir);
  if (!certificate) return fail(certificate.error());
  const auto authority = ops::load_rotation(*dir);
  if (!authority) return fail(authority.error());
  auto db = store::open_for_reading(dir->database(), sqlite::Connection::Mode::inspect);
  if (!db) return fail(db.error());
  if (auto sound = store::check_database(**db); !sound) return fail(sound.error());
  const auto schema = app::describe_schema(**db);
  if (!schema) return fail(schema.error());
  const auto log = evidence::check_database(**db, {});
  if (!log) return fail(log.error());
  for (const auto& finding : log->findings) std::cerr << "audit log: " << finding << "\n";
  if (!log->is_sound())
    return fail(
        make_error(ErrorCode::internal, "The audit log doesn't hold: " + std::to_string(log->wrong) +
                                            " findings. Keep the files as they are and tell your auditor."));
  for (const auto& doubt : log->doubts) std::cerr << "audit log, not proven: " << doubt << "\n";
  const auto contents = app::look_through(**db, *dir);
  if (!contents) return fail(contents.error());
  const auto& [tables, foreign] = *contents;
  for (const auto& finding : tables.findings) std::cerr << "tables: " << finding << "\n";
  print_tables(tables);
  if (!tables.is_sound())
    return fail(
        make_error(ErrorCode::internal,
                   "The tables don't hold against the audit log: " + std::to_string(tables.wrong) +
                       " findings, " + std::to_string(tables.unproven) +
                       " rows or states of messages unproven. Keep the files as they are and tell your "
                       "auditor."));
  if (!log->is_proven())
    return fail(
        make_error(ErrorCode::internal, "Nothing in the audit log is wrong, but not all of it is proven: " +
                                            std::to_string(log->unproven) + " doubts. Tell your auditor."));
  for (const auto& finding : foreign) std::cerr << "sealed: " << finding << "\n";
  if (!foreign.empty())
    return fail(
        make_error(ErrorCode::internal,
                   "Somebody else's passwords or second factors stand in the database. Keep the files as "
                   "they are and tell your auditor."));
  const auto files = ops::check_files(**db, *dir);
  if (!files) return fail(files.error());
  for (const auto& finding : files->findings) std::cerr << "files: " << finding << "\n";
  if (files->wrong > 0)
    return fail(make_error(ErrorCode::internal, "The files aren't as they were sent: " +
                                                    std::to_string(files->wrong) + " findings."));
  const auto search = check_search(*dir);
  if (!search) return fail(search.error());
  std::cout << "configuration  well-formed\n"
            << "certificate    " << ops::days_left(certificate->first_to_end, at) << " days left"
            << (shown ? "\n" : "; no server was asked which one it serves\n") << "authority      "
            << describe_authority(*authority, at) << "\n"
            << "database       sound, " << *schema << "\n"
            << "audit log      " << log->size << " records, each as it was written, " << log->pruned
            << " of them pruned\n"
            << "files          " << files->contents << " contents, " << files->bytes
            << " bytes, each as it was sent\n"
            << "search index   " << *search << "\n"
            << "copies         "
            << (copies.empty() ? app::describe_copies(*options, geteuid() == 0)
                               : "not all can be made, see above")
            << "\n"
            << "disk           " << describe_disk(disk) << "\n"
            << "backup         " << describe_backup(app::find_last_backup(**db), at) << "\n"
            << "clock          " << describe_clock(*dir, at, clock.now()) << "\n";
  return std::max(status, printed());
}

}  // namespace

int main(int argc, char** argv) {
  if (sodium_init() < 0)
    return fail(make_error(ErrorCode::internal, "The cryptographic library doesn't start."));
  CLI::App program(
      "Wardroom's server.\n\nExample:\n  wardroomd init --data /var/lib/wardroom --host chat.office.example\n"
      "  wardroomd run --data /var/lib/wardroom\n");
  program.name("wardroomd");
  program.require_subcommand(1);
  program.set_version_flag("--version", "wardroomd " WARDROOM_VERSION);

  InitArguments init;
  auto* init_command = program.add_subcommand(
      "init",
      "Makes a data directory: keys, certificates, database.\n\nExample:\n"
      "  wardroomd init --data /var/lib/wardroom --host chat.office.example,192.0.2.7\n");
  init_command->add_option("--data", init.data, "the directory to make; must not exist or be empty")
      ->required();
  init_command->add_option("--host", init.hosts, "names and addresses of this machine, comma-separated")
      ->required();
  init_command->add_option("--port", init.port, "TCP port")->capture_default_str();
  init_command->add_option("--name", init.name, "the office's name")->capture_default_str();
  init_command->add_flag("--announce", init.announce, "PCs find this server on the local network");

  std::string data;
  auto* run_command = program.add_subcommand(
      "run", "Serves in the foreground.\n\nExample:\n  wardroomd run --data /var/lib/wardroom\n");
  run_command->add_option("--data", data, "the directory that init made")->required();
  auto* check_command =
      program.add_subcommand("check",
                             "Checks configuration, certificate, database and audit log.\n\nExample:\n  "
                             "wardroomd check --data /var/lib/wardroom\n");
  check_command->add_option("--data", data, "the directory that init made")->required();

  app::BackupArguments backup;
  auto* backup_command = program.add_subcommand(
      "backup",
      "Writes everything into one file, whether or not the server runs, and checks it.\n\nExample:\n"
      "  wardroomd backup --data /var/lib/wardroom --to /backup/wardroom-monday.db\n");
  backup_command->add_option("--data", backup.data, "the directory that init made")->required();
  auto* to = backup_command->add_option(
      "--to", backup.to,
      "the file; replaced only by a copy that was checked. Without it: a new one in backup.folder of "
      "wardroom.toml, after which old ones there are removed");
  std::string key_file;
  auto* key_command = program.add_subcommand(
      "backup-key",
      "Makes the key with which encrypted backups are restored, and prints for whom they are to be encrypted "
      "(backup.recipient).\n\nExample:\n  wardroomd backup-key --to /media/stick/wardroom-backup.key\n");
  key_command->add_option("--to", key_file, "the file; a new one, best on another medium")->required();
  auto* list =
      backup_command->add_flag("--list", backup.list, "prints the backups in that folder, the newest first")
          ->excludes(to);
  backup_command
      ->add_option("--verify", backup.verify,
                   "a file: says whether it is what was checked when it was written, without a key")
      ->excludes(to)
      ->excludes(list);
  app::RestoreArguments restore;
  auto* restore_command = program.add_subcommand(
      "restore",
      "Makes a data directory from a backup.\n\nExample:\n"
      "  wardroomd restore --from /backup/wardroom-monday.db --data /var/lib/wardroom --reason \"disk "
      "failed\"\n");
  restore_command->add_option("--from", restore.from, "the file that backup wrote")->required();
  restore_command->add_option("--data", restore.data, "the directory to make; must not exist or be empty")
      ->required();
  restore_command->add_option("--reason", restore.reason, "stands in the audit log")
      ->default_str("a backup was restored");
  restore.reason = "a backup was restored";
  restore_command->add_option("--key", restore.key, "the file that backup-key wrote, of an encrypted backup");
  restore_command->add_flag("--rehearse", restore.rehearse,
                            "removes the directory again when it was restored and checked");

  auto* reload_command = program.add_subcommand("reload",
                                                "Has the running server take up the certificate, and what in "
                                                "wardroom.toml needs no restart.\n\nExample:\n"
                                                "  wardroomd reload --data /var/lib/wardroom\n");
  auto* link_command = program.add_subcommand(
      "link",
      "Prints the link that introduces a PC to the server; it invites nobody.\n\nExample:\n"
      "  wardroomd link --data /var/lib/wardroom\n");
  auto* fingerprint_command =
      program.add_subcommand("fingerprint",
                             "Prints what a PC without a link recognises the server by.\n\nExample:\n"
                             "  wardroomd fingerprint --data /var/lib/wardroom\n");
  bool as_words = false;
  fingerprint_command->add_flag("--words", as_words, "instead, its first words, as discovery shows them");
  auto* config_command = program.add_subcommand("config", "The options in wardroom.toml.");
  config_command->require_subcommand(1);
  auto* config_check = config_command->add_subcommand(
      "check",
      "Names each mistake with its line; without any, which options differ from the running server and what "
      "takes them up.\n\nExample:\n  wardroomd config check --data /var/lib/wardroom\n");
  auto* reindex_command = program.add_subcommand(
      "reindex",
      "Rebuilds the index by which messages are found, whether or not the server runs.\n\nExample:\n"
      "  wardroomd reindex --data /var/lib/wardroom\n");
  for (auto* command : {reload_command, link_command, fingerprint_command, config_check, reindex_command})
    command->add_option("--data", data, "the directory that init made")->required();
  app::HostsArguments hosts;
  auto* hosts_command = program.add_subcommand("hosts", "What PCs reach the server by: names and addresses.");
  hosts_command->require_subcommand(1);
  auto* hosts_list = hosts_command->add_subcommand(
      "list",
      "Prints them, the one of invite links first.\n\nExample:\n  wardroomd hosts list --data "
      "/var/lib/wardroom\n");
  auto* hosts_add = hosts_command->add_subcommand(
      "add",
      "Adds one, whether or not the server runs. Nobody is disconnected; fingerprint, links and invites "
      "stay.\n\nExample:\n  wardroomd hosts add chat2.office.example --data /var/lib/wardroom\n");
  for (auto* command : {hosts_list, hosts_add})
    command->add_option("--data", hosts.data, "the directory that init made")->required();
  hosts_add->add_option("NAME", hosts.added, "a name or an address, without port")->required();

  app::ReasonArguments stated;
  const auto add_stated = [&](const char* name, const char* text) {
    auto* command = program.add_subcommand(name, text);
    command->add_option("--data", stated.data, "the directory that init made")->required();
    command->add_option("--reason", stated.reason, "stands in the audit log")->required();
    return command;
  };
  auto* clock_command = add_stated(
      "confirm-clock",
      "Says that the machine's clock is right after a jump, so that what is over ends.\n\nExample:\n"
      "  wardroomd confirm-clock --data /var/lib/wardroom --reason \"back after the holidays\"\n");
  auto* loss_command = add_stated(
      "accept-loss",
      "Goes on with a log that isn't the one which was signed, or lacks its end.\n\nExample:\n"
      "  wardroomd accept-loss --data /var/lib/wardroom --reason \"the disk lost the write-ahead log\"\n");

  app::AuthorityArguments authority(program);
  app::InsightArguments insight(program);
  std::string shell;
  const auto* completion_command = completion::add_command(program, shell);
  completion::refuse_empty_values(program);

  try {
    program.parse(argc, argv);
  } catch (const CLI::Success& success) {  // --help, --version
    const int status = program.exit(success);
    return std::max(status, printed());
  } catch (const CLI::ParseError& error) {
    program.exit(error);
    return app::kMisused;
  }
  if (*completion_command) {
    std::cout << completion::compose_script(program, shell);
    return printed();
  }
  if (const auto status = insight.run()) return *status;
  if (const auto status = authority.run()) return *status;
  if (*clock_command) return app::run_confirm_clock(stated);
  if (*loss_command) return app::run_accept_loss(stated);
  if (*backup_command) return app::run_backup(backup, SystemClock());
  if (*key_command) return app::run_backup_key(key_file);
  if (*restore_command) return app::run_restore(restore);
  if (*config_check) return app::run_config_check(data);
  if (*reload_command) return app::run_reload(data);
  if (*reindex_command) return app::run_reindex(data);
  if (*hosts_list) return app::run_hosts_list(hosts);
  if (*hosts_add) return app::run_hosts_add(hosts, SystemClock());
  if (*link_command) return app::run_link(data);
  if (*fingerprint_command) return app::run_fingerprint(data, as_words);
  if (*init_command) return run_init(init);
  if (*run_command) return run_server(data);
  return run_check(data);
}
