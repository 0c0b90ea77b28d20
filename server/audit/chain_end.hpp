#pragma once

#include "server/audit/export_scope.hpp"

// Where the chain of records messages.committed ends that count a bundle's subject (commitment_counts.hpp):
// of the room, or of the person where the bundle is about no room.
namespace wardroom::audit {

// The newest record up to `last` that counts states of it; -1: there is none. Follows the links back from the
// log's end, one record for each that counts the subject behind `last`.
std::int64_t find_chain_end(sqlite::Connection& db, const ExportScope& scope, std::int64_t last);

// The same, of a log that has grown since: `known` is the end among its first `size` records.
std::int64_t follow_chain(sqlite::Connection& db, const ExportScope& scope, std::int64_t known,
                          std::int64_t size);

}  // namespace wardroom::audit
