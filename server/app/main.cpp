#include <iostream>
#include <signal.h>
#include <sodium.h>
#include <unistd.h>

#include <CLI/CLI.hpp>

#include "common/base/log.hpp"
#include "common/evidence/database_check.hpp"
#include "common/evidence/tables_check.hpp"
#include "protocol/invite_link.hpp"
#include "server/app/appliance.hpp"
#include "server/app/backup_job.hpp"
#include "server/app/initialise.hpp"
#include "server/app/loss.hpp"
#include "server/app/office_check.hpp"
#include "server/audit/log.hpp"
#include "server/ops/certificates.hpp"
#include "server/ops/host_name.hpp"
#include "server/store/database.hpp"

using namespace wardroom;

namespace {

int fail(const Error& error) {
  std::cerr << "wardroomd: " << error.message << "\n";
  return 1;
}

struct InitArguments {
  std::string data, hosts, name = "Office";
  std::uint16_t port = 7443;
};

int run_init(const InitArguments& arguments) {
  app::Options options;
  auto hosts = ops::parse_hosts(arguments.hosts);
  if (!hosts) return fail(hosts.error());
  options.server.hosts.clear();
  for (const auto& host : *hosts) options.server.hosts.push_back(host.text);
  options.server.name = arguments.name;
  options.server.port = arguments.port;
  const auto done = app::initialise(arguments.data, options, SystemClock());
  if (!done) return fail(done.error());
  std::cout << "Made " << arguments.data << ".\n\n"
            << "CA fingerprint:  " << done->fingerprint << "\n"
            << "Invite link:     " << done->invite_link.reveal() << "\n"
            << "Set-up code:     " << done->setup_code.reveal() << "\n\n"
            << "Next:  wardroomd run --data " << arguments.data << "\n"
            << "Then, on this machine and within 30 minutes, make the first administrator:\n"
            << "       wardroomctl setup --data " << arguments.data << " --user NAME --password-stdin\n"
            << "The invite link lets one colleague make an account; it is good for 7 days.\n"
            << std::flush;
  if (auto given = ops::give_to_owner({arguments.data}); !given) return fail(given.error());
  if (std::cout) return 0;
  return fail(unavailable("The output can't be written. The office is made; its codes are in " +
                          arguments.data + "/run/setup-code."));
}

// Waits for a signal that ends the server; SIGHUP on the way reloads.
void serve_until_signal(app::Appliance& appliance, const sigset_t& signals) {
  for (;;) {
    int signal = 0;
    if (sigwait(&signals, &signal) != 0) continue;
    if (signal != SIGHUP) {
      spdlog::info("server.stopping signal={}", signal);
      return;
    }
    if (auto reloaded = appliance.reload_certificate(); reloaded)
      spdlog::info("server.reloaded");
    else
      spdlog::error("server.reload_failed message=\"{}\"", reloaded.error().message);
  }
}

// What was printed is what a person acts on: a disk or a pipe that didn't take it is a failure.
int printed() {
  std::cout << std::flush;
  if (std::cout) return 0;
  return fail(unavailable("The output can't be written. Is its disk full?"));
}

int run_server(const std::string& data) {
  const auto dir = ops::open_data_dir(data);
  if (!dir) return fail(dir.error());
  const auto options = app::load_options(dir->config());
  if (!options) return fail(options.error());
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
  auto appliance = app::Appliance::start(*dir, *options, clock);
  if (!appliance) return fail(appliance.error());
  std::cout << "ready port=" << (*appliance)->port() << " pid=" << getpid() << std::endl;
  serve_until_signal(**appliance, signals);
  (*appliance)->stop();
  spdlog::info("server.stopped");
  return 0;
}

std::string describe_clock(TimePoint believed, TimePoint now) {
  const auto apart = std::chrono::duration_cast<std::chrono::minutes>(now - believed);
  if (std::chrono::abs(apart) < std::chrono::minutes{1}) return "believed";
  return std::to_string(apart.count()) + " minutes from what the server believes, " + to_rfc3339(believed) +
         ": nothing expires by it. If it is right: wardroomd confirm-clock";
}

void print_tables(const evidence::TablesReport& report) {
  for (const auto& line : report.confirmed) std::cout << "compared       " << line << "\n";
  for (const auto& line : report.not_proven) std::cout << "not proven     " << line << "\n";
}

int run_check(const std::string& data) {
  const auto dir = ops::open_data_dir(data);
  if (!dir) return fail(dir.error());
  const auto options = app::load_options(dir->config());
  if (!options) return fail(options.error());
  const SystemClock clock;
  const TimePoint at = app::believed_time(*dir, clock);
  const auto findings = app::check_office(*dir, *options, at);
  for (const auto& finding : findings) std::cerr << "wardroomd: " << finding.error.message << "\n";
  if (!findings.empty()) return 1;
  const auto certificate = ops::load_certificate_info(dir->server_certificate());
  if (!certificate) return fail(certificate.error());
  auto db = sqlite::Connection::open(dir->database(), sqlite::Connection::Mode::read_only);
  if (!db) return fail(db.error());
  if (auto sound = store::check_database(**db); !sound) return fail(sound.error());
  const auto log = evidence::check_database(**db, {});
  if (!log) return fail(log.error());
  for (const auto& finding : log->findings) std::cerr << "audit log: " << finding << "\n";
  if (!log->is_sound())
    return fail(
        make_error(ErrorCode::internal, "The audit log doesn't hold: " + std::to_string(log->wrong) +
                                            " findings. Keep the files as they are and tell your auditor."));
  const auto tables = evidence::check_tables(**db);
  if (!tables) return fail(tables.error());
  for (const auto& finding : tables->findings) std::cerr << "tables: " << finding << "\n";
  print_tables(*tables);
  if (!tables->is_sound())
    return fail(
        make_error(ErrorCode::internal,
                   "The tables don't hold against the audit log: " + std::to_string(tables->wrong) +
                       " findings, " + std::to_string(tables->unproven) +
                       " states of messages unproven. Keep the files as they are and tell your auditor."));
  std::cout << "configuration  well-formed\n"
            << "certificate    " << ops::days_left(*certificate, at) << " days left\n"
            << "database       sound, schema version " << store::newest_schema_version() << "\n"
            << "audit log      " << log->size << " records, each as it was written, " << log->pruned
            << " of them pruned\n"
            << "clock          " << describe_clock(at, clock.now()) << "\n";
  return printed();
}

int print_backup(const Result<ops::BackupSummary>& backup, const std::string& done) {
  if (!backup) return fail(backup.error());
  std::cout << done << ": " << backup->records << " audit records, the last of " << to_rfc3339(backup->at)
            << ", " << (backup->bytes + 1023) / 1024 << " KiB\n";
  return printed();
}

// Asks the server when one serves the directory: only its writer may write the records.
int run_backup(const std::string& data, const std::string& to) {
  const auto dir = ops::open_data_dir(data);
  if (!dir) return fail(dir.error());
  const std::string done = "Wrote and checked " + to;
  if (const auto lock = ops::DirLock::acquire(*dir); lock) {
    const auto written = app::back_up_offline(*dir, to, SystemClock().now());
    if (auto given = ops::give_to_owner(*dir); !given) return fail(given.error());
    return print_backup(written, done);
  }
  return print_backup(app::back_up_served(*dir, to), done);
}

struct ReasonArguments {
  std::string data, reason;
};

int run_confirm_clock(const ReasonArguments& arguments) {
  const auto dir = ops::open_data_dir(arguments.data);
  if (!dir) return fail(dir.error());
  const SystemClock clock;
  const auto lock = ops::DirLock::acquire(*dir);
  const auto by = lock ? app::confirm_clock_offline(*dir, arguments.reason, clock)
                       : app::confirm_clock_served(*dir, arguments.reason);
  if (!by) return fail(by.error());
  if (auto given = ops::give_to_owner(*dir); !given) return fail(given.error());
  std::cout << "The clock is believed: it is " << to_rfc3339(clock.now()) << ". Before, the server doubted "
            << std::chrono::duration_cast<std::chrono::seconds>(*by).count() << " s of it.\n";
  return printed();
}

int run_accept_loss(const ReasonArguments& arguments) {
  const auto dir = ops::open_data_dir(arguments.data);
  if (!dir) return fail(dir.error());
  const auto lock = ops::DirLock::acquire(*dir);
  if (!lock) return fail(lock.error());
  const auto loss = app::accept_loss(*dir, arguments.reason, SystemClock());
  if (!loss) return fail(loss.error());
  if (auto given = ops::give_to_owner(*dir); !given) return fail(given.error());
  std::cout << "The office goes on with the log as it is: " << loss->found.size << " records, "
            << protocol::fingerprint(loss->found.root) << ".\n";
  if (loss->kept)
    std::cout << "Signed had been: " << loss->kept->size << " records, "
              << protocol::fingerprint(loss->kept->root) << ".\n";
  std::cout << "PCs that saw more say so until somebody settles it there; tell your auditor.\n";
  return printed();
}

struct RestoreArguments {
  std::string from, data, reason;
};

int run_restore(const RestoreArguments& arguments) {
  const auto restored =
      ops::restore_backup(arguments.from, arguments.data, arguments.reason, SystemClock().now());
  if (auto given = ops::give_to_owner({arguments.data}); restored && !given) return fail(given.error());
  const int status = print_backup(restored, "Restored and checked " + arguments.data);
  if (status == 0)
    std::cout << "What was written after the backup is lost; every PC that saw more raises an alarm.\n"
              << "Next:  wardroomd run --data " << arguments.data << "\n";
  return status;
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

  std::string data;
  auto* run_command = program.add_subcommand(
      "run", "Serves in the foreground.\n\nExample:\n  wardroomd run --data /var/lib/wardroom\n");
  run_command->add_option("--data", data, "the directory that init made")->required();
  auto* check_command =
      program.add_subcommand("check",
                             "Checks configuration, certificate, database and audit log.\n\nExample:\n  "
                             "wardroomd check --data /var/lib/wardroom\n");
  check_command->add_option("--data", data, "the directory that init made")->required();

  std::string to;
  auto* backup_command = program.add_subcommand(
      "backup",
      "Writes everything into one file, whether or not the server runs, and checks it.\n\nExample:\n"
      "  wardroomd backup --data /var/lib/wardroom --to /backup/wardroom-monday.db\n");
  backup_command->add_option("--data", data, "the directory that init made")->required();
  backup_command->add_option("--to", to, "the file; replaced only by a copy that was checked")->required();
  RestoreArguments restore;
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

  ReasonArguments stated;
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

  CLI11_PARSE(program, argc, argv);
  if (*clock_command) return run_confirm_clock(stated);
  if (*loss_command) return run_accept_loss(stated);
  if (*backup_command) return run_backup(data, to);
  if (*restore_command) return run_restore(restore);
  if (*init_command) return run_init(init);
  if (*run_command) return run_server(data);
  return run_check(data);
}
