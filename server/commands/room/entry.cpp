#include "server/commands/room/entry.hpp"

#include "server/store/posting_cache.hpp"
#include "server/store/rooms.hpp"
#include "server/store/sanctions.hpp"

namespace wardroom::commands {

domain::Standing find_standing(sqlite::Connection& db, const protocol::Room* room, UserId user,
                               protocol::Role role, TimePoint now) {
  domain::Standing standing{.role = role};
  std::optional<RoomId> id;
  if (room) {
    id = room->id;
    if (const auto member = store::find_member(db, room->id, user)) {
      standing.membership = member->role;
      standing.accepted = member->accepted;
      standing.shown_after = member->shown_after;
    } else {
      standing.banned =
          store::find_sanction(db, protocol::SanctionKind::ban, room->id, user, now).has_value();
    }
  }
  standing.muted = store::is_muted(db, id, user, now);
  return standing;
}

Result<Entry> enter_room(sqlite::Connection& db, const realtime::Caller& caller, RoomId id,
                         domain::RoomAct act, TimePoint now) {
  auto room = store::find_room(db, id);
  if (!room) return domain::unknown_room();
  Entry entry{std::move(*room), {}};
  entry.standing = find_standing(db, &entry.room, caller.user, caller.role, now);
  if (auto allowed = domain::authorize(act, entry.room, entry.standing); !allowed) return allowed.error();
  return entry;
}

Result<Entry> enter_to_post(WriteContext& context, RoomId id) {
  store::PostingCache* known = context.tx.posting;
  auto room = known ? known->find_room(id) : std::nullopt;
  const auto member = room ? known->find_member(id, context.caller().user) : std::nullopt;
  // Nobody posts from outside: why, is looked up.
  if (!member) return enter_room(context, id, domain::RoomAct::post);
  Entry entry{std::move(*room),
              {.role = context.caller().role,
               .membership = member->role,
               .muted = member->is_muted(context.trusted()),
               .accepted = member->accepted,
               .shown_after = member->shown_after}};
  if (auto allowed = domain::authorize(domain::RoomAct::post, entry.room, entry.standing); !allowed)
    return allowed.error();
  return entry;
}

std::string name_for(sqlite::Connection& db, RoomId id, UserId reader) {
  auto room = store::find_room(db, id);
  const bool is_shown =
      room && (room->kind == protocol::RoomKind::public_ || store::find_member(db, id, reader));
  return is_shown ? std::move(room->name) : std::string();
}

Result<protocol::RoomResult> show_room(WriteContext& context, RoomId id) {
  if (auto mine = store::find_my_room(context.db(), id, context.caller().user, context.trusted()))
    return protocol::RoomResult{std::move(*mine)};
  const auto room = store::find_room(context.db(), id);
  if (!room) return not_found("The room is gone.");
  protocol::MyRoom seen{.id = room->id,
                        .kind = room->kind,
                        .created_at = room->created_at,
                        .archived = room->archived,
                        .locked = room->locked,
                        .slow_mode_s = room->slow_mode_s};
  // Who moderates a private room from outside learns what they did to it, not what it is called and about, or
  // how busy it is.
  if (room->kind == protocol::RoomKind::public_) {
    seen.name = room->name;
    seen.topic = room->topic;
    seen.seq = room->seq;
    seen.count = room->count;
    seen.last_at = room->last_at;
  }
  return protocol::RoomResult{std::move(seen)};
}

}  // namespace wardroom::commands
