#pragma once

#include <optional>

#include "common/sqlite/connection.hpp"
#include "protocol/methods/moderation.hpp"

namespace wardroom::store {

// What a report freezes: the message with its newest texts, up to five messages before it, the room and the
// people as they are called now. Nothing when there is no such message.
// Of messages after `shown_after`, which the reporter is shown.
std::optional<protocol::Evidence> load_evidence(sqlite::Connection& db, const protocol::Room& room,
                                                Seq shown_after, Seq seq);

}  // namespace wardroom::store
