#pragma once

#include <vector>

#include "common/base/clock.hpp"
#include "common/sqlite/connection.hpp"
#include "server/app/options.hpp"
#include "server/ops/data_dir.hpp"

namespace wardroom::app {

// What must hold before a directory is served: the one list that `wardroomd run` and `wardroomd check` go by.
struct Finding {
  Error error;           // a sentence that says what to do
  bool refused = false;  // it isn't served like this; else the server says it and starts
};
// Nothing is written. `at`: what is believed of the time. The caller holds the directory's lock, or nobody
// serves it.
std::vector<Finding> check_office(const ops::DataDir& dir, const Options& options, TimePoint at);

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

// What may be fixed without asking: the database's files become their owner's alone, with a line.
Result<void> make_private(const ops::DataDir& dir);
// What the database says of the machine's clock; the machine's own time where there is none.
TimePoint believed_time(const ops::DataDir& dir, const Clock& machine);
// The office's authority, where its key is here, issues the certificate that is missing, that has expired at
// `at`, or that a clock ahead of its time dated later. Whether it did.
Result<bool> issue_where_missing(const ops::DataDir& dir, const Options& options, TimePoint at);

}  // namespace wardroom::app
