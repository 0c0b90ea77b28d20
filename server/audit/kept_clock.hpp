#pragma once

#include "common/base/trusted_clock.hpp"
#include "server/audit/log.hpp"

// What the log and the database have of the machine's clock.
namespace wardroom::audit {

// server.clock_jump
Record clock_jump_record(const TrustedTime::Jump& jump);

// For what is written while no server runs, before it in the same transaction: the jumps that `clock` saw
// since it was kept, and what is believed from here on. Without it the next start would find the records'
// time and no jump that led to it, and go on from there if the clock was set back meanwhile.
void keep_clock_offline(store::WriteTx& tx, TrustedClock& clock);

}  // namespace wardroom::audit
