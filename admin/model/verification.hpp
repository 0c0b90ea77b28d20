#pragma once

#include "admin/model/turn.hpp"

// The tick "verified": that the records that are shown stand in the log under the head that this console has
// checked, computed from their bytes. And what else comes with a head.
namespace wardroom::admin {

// Asks for the proof of what is shown and not verified yet. At the end of each turn.
void verify_records(Turn& turn);

// What this console knows of the log as its witness, over the pages.
void show_watch(Turn& turn, bool open);

void fold(Turn& turn, const Answer<protocol::AuditProof>& answer);
// Also what the server says of its clock and of its own check.
void fold(Turn& turn, const Answer<protocol::AuditCheckpoint>& answer);

}  // namespace wardroom::admin
