#pragma once

#include <optional>
#include <vector>

#include "common/base/clock.hpp"
#include "common/evidence/tables_report.hpp"
#include "common/sqlite/connection.hpp"
#include "server/app/options.hpp"
#include "server/ops/data_dir.hpp"
#include "server/ops/disk_watch.hpp"

namespace wardroom::app {

// What must hold before a directory is served: the one list that `wardroomd run` and `wardroomd check` go by.
struct Finding {
  Error error;           // a sentence that says what to do
  bool refused = false;  // it isn't served like this; else the server says it and starts
};
// Nothing is written. `at`: what is believed of the time. The caller holds the directory's lock, or nobody
// serves it.
std::vector<Finding> check_office(const ops::DataDir& dir, const Options& options, TimePoint at);

// What only a look at all of a database tells, beside what SQLite and its log say of it: the tables against
// the log, and the seals. The one list that `wardroomd check`, a backup before it is kept and a restore on
// trial go by. A copy has no table yet but the office's; `dir` has the key.
struct Contents {
  evidence::TablesReport tables;
  std::vector<std::string> foreign;  // as check_sealed()
};
Result<Contents> look_through(sqlite::Connection& db, const ops::DataDir& dir);
// That nothing contradicts the log. What nothing proves is `wardroomd check`'s to say: no backup is better
// than one of it.
Result<void> check_contents(sqlite::Connection& db, const ops::DataDir& dir);

// Whose passwords and second factors weren't sealed by this office for the account at which they stand: the
// log holds nothing of them, but nobody can seal without keys/. A sentence each. An error when the key or the
// database can't be read.
Result<std::vector<std::string>> check_sealed(sqlite::Connection& db, const ops::DataDir& dir);

// The certificates and the key that are served, as a client takes them: the chain to tls/ca.crt, its presence
// in what is sent, the dates, what the key is for, and the names in `hosts`.
std::vector<Finding> check_certificates(const ops::DataDir& dir, const Options& options, TimePoint at);

// Whether the copies of the log that are asked for can be made: audit.syslog_ca and audit.heads_file. Of the
// account that serves; `wardroomd check` as root could read and write everything.
std::vector<Finding> check_copies(const Options& options);
// What was looked at where that found nothing, and what wasn't. `is_root`: who may read and write everything.
std::string describe_copies(const Options& options, bool is_root);

// `disk_low`, as the server has its alarm. Nothing of a disk that the system says nothing about.
std::vector<Finding> check_disk(const std::optional<ops::DiskSpace>& disk, const Options& options);

// The schema's version that the database has, and whether a start brings it to another one.
Result<std::string> describe_schema(sqlite::Connection& db);

// What may be fixed without asking: the database's files become their owner's alone, with a line.
Result<void> make_private(const ops::DataDir& dir);
// What the database says of the machine's clock; the machine's own time where there is none.
TimePoint believed_time(const ops::DataDir& dir, const Clock& machine);
// The office's authority, where its key is here, issues the certificate that is missing, that has expired at
// `at`, or that a clock ahead of its time dated later. Whether it did.
Result<bool> issue_where_missing(const ops::DataDir& dir, const Options& options, TimePoint at);

}  // namespace wardroom::app
