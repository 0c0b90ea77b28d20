#include "server/commands/change_job.hpp"
#include "server/commands/handlers.hpp"
#include "server/commands/page_limit.hpp"
#include "server/commands/reason.hpp"
#include "server/store/messages.hpp"
#include "server/store/rooms.hpp"

namespace wardroom::commands {
namespace {

using Params = AdminAccessPrivateRoom::Params;

store::Page load_page(sqlite::Connection& db, const Params& params, std::int64_t limit) {
  if (params.before) return store::load_before(db, params.room, *params.before, limit);
  if (params.after) return store::load_after(db, params.room, *params.after, limit);
  if (params.around) return store::load_around(db, params.room, *params.around, limit);
  return store::load_newest(db, params.room, limit);
}

Result<Room> find_closed_room(sqlite::Connection& db, RoomId id, UserId reader) {
  auto room = store::find_room(db, id);
  if (!room) return not_found("There is no such room.");
  if (room->kind == RoomKind::public_)
    return conflict("public_room", "This room is public: join it to read it.");
  // Who took the room over sees what came after that; the rest is read like this, as by everybody else.
  if (const auto member = store::find_member(db, id, reader); member && member->shown_after.value == 0)
    return conflict("member", "You are in this room: read it like everybody else.");
  return std::move(*room);
}

// The query that was made, and what it showed.
audit::Details describe(const Params& params, std::int64_t limit, const std::vector<Message>& shown) {
  audit::Details details{{"limit", limit}};
  if (params.before) details.add("before", *params.before);
  if (params.after) details.add("after", *params.after);
  if (params.around) details.add("around", *params.around);
  details.add("messages", shown.size());
  if (!shown.empty()) details.add("first", shown.front().seq).add("last", shown.back().seq);
  return details;
}

}  // namespace

// Read on a reader thread, recorded on the writer, and answered when the record is durable: there is no
// silent reading.
void access_private_room(LiveContext& context, Params params, Reply<AdminAccessPrivateRoom> reply) {
  const auto reason = check_reason(params.reason);
  if (!reason) return reply(reason.error());
  const auto limit = check_limit(params.limit);
  if (!limit) return reply(limit.error());
  if (params.before.has_value() + params.after.has_value() + params.around.has_value() > 1)
    return reply(params_error("params", "Give one of before, after and around, or none."));
  Services& services = context.services;
  services.readers.submit(
      [&services, &batch = context.batch, reply, params, reason = *reason,
       limit = *limit](sqlite::Connection& db) {
        auto room = find_closed_room(db, params.room, reply.call().caller->user);
        if (db.failure()) return reply(*db.failure());
        if (!room) return reply(room.error());
        auto page = load_page(db, params, limit);
        auto users = store::load_authors(db, page.messages);
        if (db.failure()) return reply(*db.failure());
        const audit::Details query = describe(params, limit, page.messages);
        AdminAccessPrivateRoom::Result result{std::move(*room), std::move(page.messages), page.more,
                                              std::move(users)};
        submit_change<AdminAccessPrivateRoom>(
            services, batch, reply, domain::Right::read_private_rooms,
            [result = std::move(result), query,
             reason](WriteContext& write) -> Result<AdminAccessPrivateRoom::Result> {
              audit::Record record = write.call.record(audit::Type::private_room_read);
              record.reason = reason;
              record.target = {"room", result.room.id.value, result.room.name};
              record.room = result.room.id;
              record.after = query;
              write.append(record);
              return result;
            });
      },
      reply);
}

}  // namespace wardroom::commands
