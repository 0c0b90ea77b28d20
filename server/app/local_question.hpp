#pragma once

#include <functional>
#include <optional>
#include <string>

#include <boost/describe.hpp>

#include "common/base/trusted_clock.hpp"
#include "server/app/authority.hpp"
#include "server/app/figures.hpp"
#include "server/ops/data_dir.hpp"
#include "server/store/writer.hpp"

namespace wardroom::app {

// What a command on the server's own machine asks of the server that serves the directory, over the local
// socket. Described, so that the protocol's codec writes and reads them.
struct LocalQuestion {
  enum class Act {
    backup_begun,
    backup_ended,
    clock_confirmed,
    reload,
    host_added,
    authority,
    options,
    metrics,
    alarms,
    certificates,
    slow_statements,
    reindex
  };
  Act act = Act::reload;
  std::string to;                      // of the backup
  std::optional<std::string> failure;  // of the backup
  std::int64_t records = 0;
  std::int64_t bytes = 0;
  std::string sha256;  // of the backup
  std::string reason;  // of the person who says that the clock is right
  std::string host;
  AuthorityStep step = AuthorityStep::rotate;
};
BOOST_DESCRIBE_ENUM(LocalQuestion::Act, backup_begun, backup_ended, clock_confirmed, reload, host_added,
                    authority, options, metrics, alarms, certificates, slow_statements, reindex)
BOOST_DESCRIBE_STRUCT(LocalQuestion, (), (act, to, failure, records, bytes, sha256, reason, host, step))

struct LocalAnswer {
  std::optional<std::string> error;
  std::int64_t by_ms = 0;  // how far the clock was doubted
  std::string text;        // what the person is told
};
BOOST_DESCRIBE_STRUCT(LocalAnswer, (), (error, by_ms, text))

// Asks the server and waits. The server's refusal is the error.
Result<LocalAnswer> ask_server(const ops::DataDir& dir, const LocalQuestion& question);

// The parts of the server that answer.
struct LocalParts {
  store::Writer& writer;
  TrustedClock& clock;
  Figures& figures;
  std::function<Result<std::string>()> reload;
  std::function<Result<std::string>(const std::string& host)> add_host;
  std::function<Result<std::string>(AuthorityStep step)> change_authority;
  std::function<Result<std::string>()> compare_options;
  std::function<std::string()> metrics;
  std::function<std::string()> alarms;
  std::function<std::string()> certificates;  // that clients are shown, in PEM form
  std::function<std::string()> slow_statements;
  std::function<Result<void>()> reindex;
};
// The line's answer, when what it asks for is done and durable. Not on the writer's thread.
std::string answer_local(LocalParts parts, const std::string& line);

}  // namespace wardroom::app
