#pragma once

#include <vector>

#include "common/sqlite/connection.hpp"
#include "protocol/methods/audit.hpp"

namespace wardroom::audit {

// Keyset page; `more` tells that the filters match records beyond it.
struct QueryPage {
  std::vector<protocol::AuditRecord> records;
  bool more = false;
};

// The next `limit` records that every filter fits, over the connection's present snapshot; newest first, or
// ascending when `after` is given. At a million records the longest search, one that finds nothing, walks
// once through the index that holds every filter. `params` when a filter isn't well-formed.
Result<QueryPage> query_records(sqlite::Connection& db, const protocol::AuditQuery::Params& filter,
                                std::int64_t limit);

}  // namespace wardroom::audit
