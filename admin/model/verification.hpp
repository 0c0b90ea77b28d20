#pragma once

#include "admin/model/turn.hpp"

// The tick "verified": that the records that are shown stand in the log under the head that this console has
// checked, computed from their bytes.
namespace wardroom::admin {

// Asks for the proof of what is shown and not verified yet. At the end of each turn.
void verify_records(Turn& turn);

void fold(Turn& turn, const Answer<protocol::AuditProof>& answer);

}  // namespace wardroom::admin
