#include "server/app/diagnosis.hpp"

#include <charconv>
#include <fstream>
#include <sqlite3.h>
#include <sstream>
#include <thread>

#include <fmt/format.h>
#include <openssl/crypto.h>
#include <sys/utsname.h>

#include "common/sqlite/migrations.hpp"
#include "protocol/codec.hpp"
#include "server/app/local_question.hpp"
#include "server/app/redaction.hpp"
#include "server/app/samples.hpp"
#include "server/ops/backup_folder.hpp"
#include "server/ops/certificates.hpp"
#include "server/ops/disk_watch.hpp"
#include "server/ops/served_chain.hpp"
#include "server/store/database.hpp"

namespace wardroom::app {
namespace {

constexpr const char* kReadMe =
    "What `wardroomd diagnose` found. Times are UTC.\n\n"
    "versions.txt         of the program, its libraries and the machine\n"
    "alarms.txt           what is wrong with the running server, as wardroomctl stats says it\n"
    "machine.txt          disk, memory, load, certificate, backups\n"
    "options.txt          the options of wardroom.toml\n"
    "metrics.txt          the running server's metrics, now\n"
    "samples.csv          the same, a line a minute, of the last days\n"
    "slow-statements.txt  statements of the running server that took 50 ms and more\n"
    "sizes.txt            accounts, rooms and tables\n"
    "events.txt           the server's own records that weren't successes, and its starts\n"
    "unit.txt             what systemd says of the service and of the backups\n"
    "journal.txt          the newest lines of their logs\n\n";
constexpr const char* kWithoutNames =
    "Messages, names, addresses and paths are left out; in the logs stands … in their place.\n";
constexpr const char* kWithNames = "It was asked for with names: don't give it to strangers.\n";

// Why a part isn't there. An error's text may name what must not be named.
std::string missing(const DiagnosisSources& from, const std::string& what, const Error& error) {
  return what + (from.with_names ? ": " + error.message : ".") + "\n";
}

std::string field_of(const char* file, std::string_view key) {
  std::ifstream lines(file);
  for (std::string line; std::getline(lines, line);)
    if (line.starts_with(key)) return line;
  return std::string(key) + "?";
}

std::string describe_versions() {
  utsname system{};
  ::uname(&system);
  return fmt::format("wardroomd {}\nschema {}, the newest that it knows\nSQLite {}\n{}\n{} {} {}\n{}\n",
                     WARDROOM_VERSION, store::newest_schema_version(), sqlite3_libversion(),
                     OpenSSL_version(OPENSSL_VERSION), system.sysname, system.release, system.machine,
                     field_of("/etc/os-release", "PRETTY_NAME="));
}

std::string describe_folder(const DiagnosisSources& from, const Options& options) {
  const auto backups = ops::list_backups(options.backup.folder);
  if (!backups) return missing(from, "backups: the folder can't be read", backups.error());
  if (backups->empty()) return "backups: none\n";
  std::uintmax_t bytes = 0;
  for (const auto& backup : *backups) bytes += backup.bytes;
  return fmt::format("backups: {}, {} bytes, the newest of {}\n", backups->size(), bytes,
                     to_rfc3339(backups->front().at));
}

std::string describe_machine(const DiagnosisSources& from, const Result<Options>& options) {
  std::string text = "processors: " + std::to_string(std::thread::hardware_concurrency()) + "\n";
  for (const char* key : {"MemTotal:", "MemAvailable:", "SwapTotal:", "SwapFree:"})
    text += field_of("/proc/meminfo", key) + "\n";
  text += "load: " + field_of("/proc/loadavg", "") + "\n";
  if (const auto disk = ops::measure_disk(from.dir.root))
    text += fmt::format("disk: {} of {} bytes free\n", disk->free_bytes, disk->bytes);
  for (const char* name : {"wardroom.db", "wardroom.db-wal", "reserve"}) {
    std::error_code gone;
    const auto bytes = std::filesystem::file_size(from.dir.root / name, gone);
    text += fmt::format("{}: {}\n", name, gone ? "isn't there" : std::to_string(bytes) + " bytes");
  }
  const auto certificate = ops::load_served(from.dir);
  text += certificate ? fmt::format("certificate: {} days left\n",
                                    ops::days_left(certificate->first_to_end, from.now))
                      : missing(from, "certificate: it can't be read", certificate.error());
  return options ? text + describe_folder(from, *options) : text;
}

std::string ask(const DiagnosisSources& from, LocalQuestion::Act act) {
  const auto answer = ask_server(from.dir, {.act = act});
  return answer ? answer->text : missing(from, "The server doesn't answer: it may not run", answer.error());
}

// Of tables that every version has had.
void add_counts(std::string& text, sqlite::Connection& db) {
  auto table = db.query(
      "SELECT 'accounts', count(*) FROM users UNION ALL SELECT 'sessions', count(*) FROM sessions"
      " UNION ALL SELECT 'rooms', count(*) FROM rooms UNION ALL SELECT 'memberships', count(*) FROM members"
      " UNION ALL SELECT 'messages', count(*) FROM messages"
      " UNION ALL SELECT 'audit records', count(*) FROM audit_records");
  while (table.step())
    text += fmt::format("{:<20} {:>12}\n", table.get<std::string>(0), table.get<std::int64_t>(1));
}

void add_rooms(std::string& text, sqlite::Connection& db, bool with_names) {
  auto room = db.query(
      "SELECT r.id, r.kind, count(m.id), COALESCE(sum(length(m.text)), 0), r.name FROM rooms r"
      " LEFT JOIN messages m ON m.room_id = r.id GROUP BY r.id ORDER BY 3 DESC LIMIT 100");
  while (room.step())
    text += fmt::format("{:>8}  {:<8} {:>12} {:>14}{}\n", room.get<std::int64_t>(0), room.get<std::string>(1),
                        room.get<std::int64_t>(2), room.get<std::int64_t>(3),
                        with_names ? "  " + room.get<std::string>(4) : "");
}

void add_tables(std::string& text, sqlite::Connection& db) {
  auto table = db.query(
      "SELECT name, sum(pgsize), sum(unused) FROM dbstat WHERE aggregate = 1 GROUP BY name"
      " ORDER BY 2 DESC");
  while (table.step())
    text += fmt::format("{:<40} {:>14} {:>14}\n", table.get<std::string>(0), table.get<std::int64_t>(1),
                        table.get<std::int64_t>(2));
}

std::string describe_sizes(const DiagnosisSources& from, sqlite::Connection& db) {
  const auto version = sqlite::schema_version(db);
  std::string text = "schema version " + (version ? std::to_string(*version) : "?") + "\n\nrows\n";
  add_counts(text, db);
  text += "\nroom      kind         messages     characters\n";
  add_rooms(text, db, from.with_names);
  text += "\ntable or index                                    bytes         unused\n";
  add_tables(text, db);
  return text;
}

std::string describe_events(const DiagnosisSources& from, sqlite::Connection& db) {
  std::string text;
  auto record = db.query(
      "SELECT idx, at, type, outcome, line FROM audit_records WHERE type LIKE 'server.%'"
      " AND (outcome <> 'success' OR type <> 'server.integrity_checked') ORDER BY idx DESC LIMIT 200");
  while (record.step())
    text += fmt::format("{:>10}  {}  {} {}{}\n", record.get<std::int64_t>(0),
                        to_rfc3339(record.get<TimePoint>(1)), record.get<std::string>(2),
                        record.get<std::string>(3), from.with_names ? "  " + record.get<std::string>(4) : "");
  return text;
}

std::string read_database(const DiagnosisSources& from,
                          std::string (*describe)(const DiagnosisSources&, sqlite::Connection&)) {
  const auto db = sqlite::Connection::open(from.dir.database(), sqlite::Connection::Mode::read_only);
  if (!db) return missing(from, "The database can't be opened", db.error());
  const std::string text = describe(from, **db);
  const auto& failure = (*db)->failure();
  return failure ? text + missing(from, "The database can't be read", *failure) : text;
}

std::string describe_unit(const DiagnosisSources& from) {
  const auto shown = from.run(
      {"systemctl", "show", "wardroomd.service", "wardroom-backup.service", "wardroom-backup.timer",
       "--property=Id,LoadState,ActiveState,SubState,Result,UnitFileState,NeedDaemonReload,NRestarts,"
       "ExecMainStatus,ActiveEnterTimestamp,MemoryCurrent,CPUUsageNSec,TasksCurrent,NextElapseUSecRealtime,"
       "LastTriggerUSec"});
  return shown ? *shown : missing(from, "systemd can't be asked", shown.error());
}

std::string text_at(const boost::json::object& line, std::string_view key) {
  const auto* value = line.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->as_string()) : "";
}

// As `journalctl --output=json` has it; a text that isn't UTF-8 is a list of its bytes there.
std::string describe_journal_line(const std::string& json, bool with_names) {
  const auto parsed = protocol::parse_json(json);
  const auto* line = parsed ? parsed->if_object() : nullptr;
  if (line == nullptr) return "";
  const std::string at = text_at(*line, "__REALTIME_TIMESTAMP");
  const std::string priority = text_at(*line, "PRIORITY");
  const auto text = text_at(*line, "MESSAGE");
  std::int64_t microseconds = 0;
  std::from_chars(at.data(), at.data() + at.size(), microseconds);
  return to_rfc3339(from_unix_ms(microseconds / 1000)) + " " + (priority.size() == 1 ? priority : "-") + " " +
         (with_names ? text : redact_line(text)) + "\n";
}

std::string describe_journal(const DiagnosisSources& from) {
  const auto lines =
      from.run({"journalctl", "--quiet", "--no-pager", "--output=json", "--lines=2000",
                "--output-fields=MESSAGE,PRIORITY", "--unit=wardroomd", "--unit=wardroom-backup"});
  if (!lines) return missing(from, "The journal can't be read", lines.error());
  std::istringstream each(*lines);
  std::string text;
  for (std::string line; std::getline(each, line);) text += describe_journal_line(line, from.with_names);
  return text.empty() ? "No line is there for this account. root and the group adm see all.\n" : text;
}

// Whatever stands between two quotes.
std::string without_literals(std::string_view sql) {
  constexpr std::size_t kLongest = 600;
  std::string kept;
  bool is_inside = false;
  for (const char c : sql.substr(0, kLongest)) {
    if (c == '\'') {
      kept += is_inside ? "…'" : "'";
      is_inside = !is_inside;
    } else if (!is_inside) {
      kept += c == '\n' ? ' ' : c;
    }
  }
  return kept;
}

}  // namespace

std::vector<TarEntry> collect_diagnosis(const DiagnosisSources& from) {
  const auto options = load_options(from.dir.config());
  const std::string alarms = ask(from, LocalQuestion::Act::alarms);
  std::vector<TarEntry> entries{
      {"README.txt", kReadMe + std::string(from.with_names ? kWithNames : kWithoutNames)},
      {"versions.txt", describe_versions()},
      {"alarms.txt", from.with_names ? alarms : redact_quoted(alarms)},
      {"machine.txt", describe_machine(from, options)},
      {"options.txt",
       options ? describe_options(*options, from.with_names)
               : missing(from, "wardroom.toml can't be read; `wardroomd check` says why", options.error())},
      {"metrics.txt", ask(from, LocalQuestion::Act::metrics)}};
  const auto samples = read_samples(samples_file(from.dir));
  entries.push_back(
      {"samples.csv", samples ? *samples : missing(from, "There are no samples", samples.error())});
  entries.push_back({"slow-statements.txt", ask(from, LocalQuestion::Act::slow_statements)});
  entries.push_back({"sizes.txt", read_database(from, describe_sizes)});
  entries.push_back({"events.txt", read_database(from, describe_events)});
  entries.push_back({"unit.txt", describe_unit(from)});
  entries.push_back({"journal.txt", describe_journal(from)});
  return entries;
}

std::string describe_alarms(const std::vector<protocol::ServerAlarm>& alarms) {
  if (alarms.empty()) return "There is none.\n";
  std::string text;
  for (const auto& alarm : alarms)
    text += fmt::format("{}  {}\n    {}\n", alarm.urgent ? "urgent" : "soon  ", alarm.code, alarm.text);
  return text;
}

std::string describe_slow_statements(const std::vector<sqlite::SlowStatements::Row>& rows) {
  constexpr std::size_t kShown = 40;
  if (rows.empty()) return "None has taken 50 ms since the start.\n";
  std::string text = "longest ms    total ms   times\n";
  for (std::size_t i = 0; i < std::min(rows.size(), kShown); ++i)
    text += fmt::format("{:>10}  {:>10}  {:>6}  {}\n", rows[i].longest.count(), rows[i].total.count(),
                        rows[i].times, without_literals(rows[i].sql));
  return text;
}

}  // namespace wardroom::app
