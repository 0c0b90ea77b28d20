#pragma once

#include <string_view>

#include "protocol/methods/session.hpp"

namespace wardroom::protocol {

// Something that an administrator must see to, worst first.
struct ServerAlarm {
  std::string code;     // for programs: disk_full, certificate_expired …
  bool urgent = false;  // people notice it now, or will within days
  std::string text;     // what is wrong, and what to do
};
BOOST_DESCRIBE_STRUCT(ServerAlarm, (), (code, urgent, text))

// How many changes took so long, and longer than the bucket before: from a change's receipt until its answer
// is queued for sending. The last bucket has no end.
struct AcknowledgedWithin {
  std::optional<std::int64_t> within_us;
  std::int64_t changes = 0;
};
BOOST_DESCRIBE_STRUCT(AcknowledgedWithin, (), (within_us, changes))

struct AdminStats {
  static constexpr std::string_view kName = "admin.stats";
  static constexpr std::string_view kSummary =
      "How the server is: what is wrong with it, then how much it does. Numbers named so_far grow from the "
      "server's start; what isn't known is left out.";
  using Params = Empty;
  struct Result {
    TimePoint at;
    std::vector<ServerAlarm> alarms;
    std::int64_t people_online = 0;
    std::int64_t connections = 0;
    std::int64_t requests_so_far = 0;
    std::int64_t refusals_so_far = 0;   // at a gate: rights, rates, sizes
    std::int64_t changes_so_far = 0;    // messages and everything else that is written
    std::int64_t messages_so_far = 0;   // that people posted; imported ones don't count
    std::int64_t commits_so_far = 0;    // each writes the changes that waited
    std::int64_t commit_us_so_far = 0;  // time in them
    std::vector<AcknowledgedWithin> acknowledged_so_far;
    std::int64_t queue = 0;                   // changes that wait
    std::int64_t sign_ins_waiting = 0;        // for a hashing thread
    std::int64_t sign_ins_failed_so_far = 0;  // wrong passwords, second factors and accounts
    std::int64_t memory_bytes = 0;            // resident
    std::optional<std::int64_t> database_bytes;
    std::optional<std::int64_t> free_bytes;  // where the data directory lies
    std::optional<TimePoint> certificate_ends;
    std::optional<TimePoint> backup_verified_at;
    std::optional<TimePoint> checked_at;  // the last check of the log and the tables
  };
};
BOOST_DESCRIBE_STRUCT(AdminStats::Result, (),
                      (at, alarms, people_online, connections, requests_so_far, refusals_so_far,
                       changes_so_far, messages_so_far, commits_so_far, commit_us_so_far, acknowledged_so_far,
                       queue, sign_ins_waiting, sign_ins_failed_so_far, memory_bytes, database_bytes,
                       free_bytes, certificate_ends, backup_verified_at, checked_at))

}  // namespace wardroom::protocol
