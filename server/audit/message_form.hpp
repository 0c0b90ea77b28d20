#pragma once

#include "server/audit/details.hpp"
#include "server/store/write_job.hpp"

namespace wardroom::audit {

// The first record from which on all messages are bound in the form v2 (protocol/commitment.hpp), and
// reactions at all: a migration noted how many records there were.
std::int64_t first_of_v2(sqlite::Connection& db);

// Adds it as `v2_since` to what a record messages.committed says. Whoever verifies a log or a bundle takes no
// message of the form v1 from there on, so that nobody gets rid of what v2 binds besides.
void add_form(store::WriteTx& tx, Details& after);

}  // namespace wardroom::audit
