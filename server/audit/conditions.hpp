#pragma once

#include <vector>

#include "protocol/methods/audit.hpp"
#include "server/audit/composed_query.hpp"

namespace wardroom::audit {

// One part of a WHERE: fixed SQL that begins with AND, and what is bound to its places.
struct Condition {
  std::string sql;
  std::vector<Value> values;
};

// The filters as conditions on the columns of audit_records, without place in the log and text. `params` when
// one isn't well-formed, or names a person, a room, a type or an outcome that there isn't: "nothing found"
// would read as "nothing happened".
Result<std::vector<Condition>> make_conditions(sqlite::Connection& db,
                                               const protocol::AuditQuery::Params& filter);

}  // namespace wardroom::audit
