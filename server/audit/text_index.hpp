#pragma once

#include <string>
#include <vector>

#include "common/base/strong.hpp"
#include "common/sqlite/connection.hpp"

// Finds text anywhere in a record by its trigrams (FTS5). The index is filled a moment after the record is
// written, in batches, so that no change waits for it; what it doesn't have yet is looked through. Records of
// messages.committed, reactions.committed and audit.heartbeat, which only hold numbers, aren't in it.
namespace wardroom::audit {

// Code points that a search text has at least.
inline constexpr std::size_t kLeastText = 3;

// Records below it are in the index.
AuditIndex text_indexed_to(sqlite::Connection& db);

// Adds the next records, `limit` at most; whether some are left. Within the writer's transaction.
bool index_texts(sqlite::Connection& db, std::int64_t limit);

// Takes a record out of the index. Call before its line is emptied, in the same transaction.
void forget_text(sqlite::Connection& db, AuditIndex idx);

// What FTS5 is to match so that no record with this text, of kLeastText code points or more, is missed. It
// finds others too: each has to be looked at.
std::string trigram_query(std::string_view text);

}  // namespace wardroom::audit
