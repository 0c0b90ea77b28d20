#pragma once

#include "protocol/methods/session.hpp"

namespace wardroom::protocol {

struct AuditQuery {
  static constexpr std::string_view kName = "audit.query";
  static constexpr std::string_view kSummary =
      "A page of audit records, newest first unless `after` is given, with filters. Reading the log is "
      "itself logged.";
  struct Params {
    std::optional<AuditIndex> before;
    std::optional<AuditIndex> after;
    std::optional<TimePoint> since;
    std::optional<TimePoint> until;
    std::optional<UserId> actor;
    std::optional<std::string> actor_name;  // exact account name, instead of the id
    std::optional<std::string> type;        // exact, or a subject with a star: "auth.*"
    std::optional<RoomId> room;
    std::optional<std::string> outcome;
    std::optional<std::string> text;  // anywhere in the record, case-insensitive
    std::optional<std::int64_t> limit;
  };
  struct Result {
    std::vector<AuditRecord> records;  // descending idx; ascending when `after` was given
    bool more = false;
    std::int64_t size = 0;  // records in the whole log
  };
};
BOOST_DESCRIBE_STRUCT(AuditQuery::Params, (),
                      (before, after, since, until, actor, actor_name, type, room, outcome, text, limit))
BOOST_DESCRIBE_STRUCT(AuditQuery::Result, (), (records, more, size))

}  // namespace wardroom::protocol
