#pragma once

#include <optional>

#include "protocol/events.hpp"
#include "server/commands/context.hpp"
#include "server/commands/room/entry.hpp"
#include "server/store/users.hpp"

namespace wardroom::commands {

// One person's act against another, checked: who, against whom, and where.
struct ModerationAction {
  std::optional<protocol::Room> room;  // nothing: in the whole office
  domain::Standing actor;
  store::UserRow target;
  domain::Standing standing;  // of the target, before the act

  protocol::User user() const { return target.user(); }
  std::optional<RoomId> room_id() const { return room ? std::optional(room->id) : std::nullopt; }
};

// The errors of enter_room; not_found for a person whom there isn't; those of domain::authorize_against.
// Without a room it takes Right::moderate_office.
Result<ModerationAction> enter_moderation(WriteContext& context, std::optional<RoomId> room,
                                          domain::RoomAct act, UserId target);

// Whether the caller may lift or replace what somebody else imposed: what the office decided isn't undone by
// a room's moderator. `forbidden` outranked.
Result<void> authorize_undoing(const ModerationAction& action, const protocol::Sanction& held);

// A record of the action; `before` and `after` are what it changed.
void append_action(WriteContext& context, audit::Type type, const ModerationAction& action,
                   std::string_view reason, std::string before = {}, std::string after = {});

// Tells the person, unless that would be the first they hear of a private room.
void tell_target(WriteContext& context, const ModerationAction& action, protocol::ModerationApplied::Act act,
                 std::string_view reason, std::optional<TimePoint> until = {});

// {"until":"2026-11-20T09:14:06.812Z"}, or null for a sanction without an end.
std::string describe_end(const std::optional<TimePoint>& until);

}  // namespace wardroom::commands
