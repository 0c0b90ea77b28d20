#include <set>

#include "server/commands/change_job.hpp"
#include "server/commands/handlers.hpp"
#include "server/commands/message/search_run.hpp"
#include "server/commands/reason.hpp"
#include "server/store/rooms.hpp"

namespace wardroom::commands {
namespace {

// The query that was made, and in which rooms something of it was shown.
audit::Details describe_private_search(const AdminSearchPrivateRooms::Params& params, std::int64_t limit,
                                       const MessageSearch::Result& shown) {
  std::set<RoomId> in;
  for (const auto& hit : shown.hits) in.insert(hit.room);
  audit::Details details{{"query", params.query},
                         {"limit", limit},
                         {"hits", shown.hits.size()},
                         {"rooms", std::vector<RoomId>(in.begin(), in.end())}};
  if (params.beyond)
    details.add("beyond", std::vector<std::int64_t>{params.beyond->room.value, params.beyond->seq.value});
  return details;
}

}  // namespace

// As access_private_room: searched on a thread of the searches, recorded on the writer, and answered when the
// record is durable, also where nothing was found: that tells something, too.
void search_private_rooms(LiveContext& context, AdminSearchPrivateRooms::Params params,
                          Reply<AdminSearchPrivateRooms> reply) {
  const auto reason = check_reason(params.reason);
  if (!reason) return reply(reason.error());
  auto asked = check_search({params.query, params.room, params.beyond, params.limit, params.order,
                             params.within_words, params.utc_offset_min});
  if (!asked) return reply(asked.error());
  Services& services = context.services;
  services.searchers.submit(
      [&services, &batch = context.batch, reply, params, reason = *reason,
       asked = std::move(*asked)](sqlite::Connection& db) {
        ReadContext read{db, reply.call(), services};
        const auto found = run_search(read, asked, SearchScope::of_closed_rooms(read));
        const auto room = params.room ? store::find_room(db, *params.room) : std::nullopt;
        if (db.failure()) return reply(*db.failure());
        if (!found) return reply(found.error());
        const audit::Details query = describe_private_search(params, asked.limit, *found);
        submit_change<AdminSearchPrivateRooms>(
            services, batch, reply, domain::Right::read_private_rooms,
            [result = *found, room, query, reason](WriteContext& write) -> Result<MessageSearch::Result> {
              audit::Record record = write.call.record(audit::Type::private_rooms_searched);
              record.reason = reason;
              if (room) {
                record.target = {"room", room->id.value, room->name};
                record.room = room->id;
              }
              record.after = query;
              write.append(record);
              return result;
            });
      },
      reply);
}

}  // namespace wardroom::commands
