#pragma once

#include "server/commands/handlers.hpp"
#include "server/store/retention.hpp"
#include "server/store/rooms.hpp"

namespace wardroom::commands {

inline constexpr std::int64_t kMaxRetentionDays = 36'500;

// The rule that the parameters of admin.retention_set and _preview describe.
template <class Params>
Result<store::ProposedRule> check_rule(sqlite::Connection& db, const Params& params) {
  if (params.room.has_value() == params.kind.has_value())
    return params_error("params", "Name either a room or a kind of rooms.");
  if (params.days && (*params.days < 1 || *params.days > kMaxRetentionDays))
    return params_error("params.days", "params.days must be from 1 to 36500; leave it out to keep for good.");
  const bool inherit = params.inherit.value_or(false);
  if (inherit && (params.kind || params.days))
    return params_error("params.inherit", "params.inherit takes a room's own rule away: no days with it.");
  if (params.room && !store::find_room(db, *params.room)) return not_found("There is no such room.");
  return store::ProposedRule{{params.room, params.kind}, params.days, inherit};
}

}  // namespace wardroom::commands
