#pragma once

#include <vector>

#include "common/base/clock.hpp"
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

// The certificates and the key that are served, as a client takes them: the chain to tls/ca.crt, its presence
// in what is sent, the dates, what the key is for, and the names in `hosts`.
std::vector<Finding> check_certificates(const ops::DataDir& dir, const Options& options, TimePoint at);

// What may be mended without asking: the database's files become their owner's alone, with a line.
Result<void> make_private(const ops::DataDir& dir);
// What the database says of the machine's clock; the machine's own time where there is none.
TimePoint believed_time(const ops::DataDir& dir, const Clock& machine);
// The office's authority issues the certificate that is missing, or that a clock ahead of its time dated
// later than `at`.
Result<void> issue_where_missing(const ops::DataDir& dir, const Options& options, TimePoint at);

}  // namespace wardroom::app
