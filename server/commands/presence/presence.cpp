#include "protocol/limits.hpp"
#include "server/commands/handlers.hpp"
#include "server/commands/room/entry.hpp"
#include "server/domain/names.hpp"
#include "server/store/users.hpp"

namespace wardroom::commands {

void set_presence(LiveContext& context, PresenceSet::Params params, Reply<PresenceSet> reply) {
  auto text = domain::check_line("params.text", params.text.value_or(""), kMaxStatusTextBytes);
  if (!text) return reply(text.error());
  context.services.presence.set(context.caller().user, params.state, std::move(*text));
  reply(Empty{});
}

void watch_presence(LiveContext& context, PresenceWatch::Params params, Reply<PresenceWatch> reply) {
  if (params.users.size() > kMaxWatched)
    return reply(params_error("params.users", "Watch at most 1,000 people."));
  Services& services = context.services;
  // Guests learn only of people of their rooms; the rest of us may know of everybody.
  const bool is_guest = !domain::has_right(context.caller().role, domain::Right::use_directory);
  const auto watch = [&services, reply](realtime::Peer& peer, std::vector<UserId> users) {
    services.hub.local(peer.id.loop).set_watched(peer, users);
    reply.act(PresenceWatch::Result{services.presence.find(users)})(peer);
  };
  if (!is_guest) return watch(context.peer, std::move(params.users));
  const bool queued = services.readers.submit([&services, watch, users = std::move(params.users),
                                               guest = context.caller().user,
                                               id = context.peer.id](sqlite::Connection& db) mutable {
    std::erase_if(users, [&](UserId user) { return !store::share_a_room(db, guest, user); });
    services.hub.run_on(id, [watch, users](realtime::Peer& peer) { watch(peer, users); });
  });
  if (!queued) reply(unavailable("The server is busy. Try again in a moment.", std::chrono::seconds{1}));
}

Result<Empty> send_typing(ReadContext& context, const RoomParams& params) {
  if (const auto entry = enter_room(context, params.room, domain::RoomAct::type); !entry)
    return entry.error();
  const Typing event{params.room, context.caller().user};
  realtime::Batch batch;
  batch.push_back(realtime::ToRoom{
      params.room, realtime::make_frame(compose_event(event), realtime::Delivery::ephemeral)});
  context.services.hub.publish(std::move(batch));
  return Empty{};
}

}  // namespace wardroom::commands
