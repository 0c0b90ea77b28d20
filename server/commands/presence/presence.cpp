#include "protocol/limits.hpp"
#include "server/commands/change_job.hpp"
#include "server/commands/handlers.hpp"
#include "server/commands/room/entry.hpp"
#include "server/domain/names.hpp"
#include "server/store/profiles.hpp"
#include "server/store/users.hpp"

namespace wardroom::commands {

// How somebody is changes all day and isn't kept; what they say of themselves is, so a new one is written
// first.
void set_presence(LiveContext& context, PresenceSet::Params params, Reply<PresenceSet> reply) {
  auto text = domain::check_line("params.text", params.text.value_or(""), kMaxStatusTextBytes);
  if (!text) return reply(text.error());
  Services& services = context.services;
  const UserId user = context.caller().user;
  realtime::PresenceBoard::Status status{std::move(*text), params.until};
  if (status.until && *status.until <= services.clock.trusted())
    return reply(params_error("params.until", "params.until is over. Give a time that is to come."));
  if (status.text.empty()) status.until.reset();
  if (status == services.presence.status_of(user)) {
    services.presence.set(user, params.state, std::move(status));
    return reply(Empty{});
  }
  submit_change<PresenceSet>(services, context.batch, std::move(reply), {},
                             [user, state = params.state, status](WriteContext& write) -> Result<Empty> {
                               store::ProfileRow profile = store::load_profile(write.db(), user);
                               profile.status = status.text;
                               profile.status_until = status.until;
                               store::store_profile(write.db(), user, profile);
                               write.services.presence.set(user, state, status);
                               return Empty{};
                             });
}

namespace {

// A list of people that somebody asked to watch.
struct Wish {
  Services& services;
  Reply<PresenceWatch> reply;
  std::vector<UserId> users;
  bool once = false;          // nobody is followed
  std::uint64_t version = 0;  // of the subscriptions, before the last reading began
};

// On the peer's thread.
void watch(const Wish& wish, realtime::Peer& peer, const std::vector<UserId>& users) {
  if (!wish.once) wish.services.hub.local(peer.id.loop).set_watched(peer, users);
  wish.reply.act(PresenceWatch::Result{wish.services.presence.find(users)})(peer);
}

// Guests learn only of people of their rooms, as of the place in the stream where they begin to watch; from
// there on realtime::ApartFrom takes away whom they part from.
void watch_as_guest(const std::shared_ptr<Wish>& wish) {
  const UserId guest = wish->reply.call().caller->user;
  const auto read = [wish, guest](sqlite::Connection& db) {
    std::vector<UserId> users = wish->users;
    std::erase_if(users, [&](UserId user) { return !store::share_a_room(db, guest, user); });
    if (db.failure()) return wish->reply(*db.failure());
    wish->services.hub.run_on(wish->reply.call().peer, [wish, guest, users](realtime::Peer& peer) {
      const auto& subscriptions = wish->services.hub.local(peer.id.loop);
      if (subscriptions.has_changed(guest, std::exchange(wish->version, subscriptions.version())))
        return watch_as_guest(wish);
      watch(*wish, peer, users);
    });
  };
  wish->services.readers.submit(read, wish->reply);
}

}  // namespace

void watch_presence(LiveContext& context, PresenceWatch::Params params, Reply<PresenceWatch> reply) {
  if (params.users.size() > kMaxWatched)
    return reply(params_error("params.users", "Watch at most 1,000 people."));
  const auto version = context.services.hub.local(context.peer.id.loop).version();
  const std::shared_ptr<Wish> wish(new Wish{context.services, std::move(reply), std::move(params.users),
                                            params.once.value_or(false), version});
  if (domain::has_right(context.caller().role, domain::Right::use_directory))
    watch(*wish, context.peer, wish->users);
  else
    watch_as_guest(wish);
}

Result<Empty> send_typing(ReadContext& context, const RoomParams& params) {
  if (const auto entry = enter_room(context, params.room, domain::RoomAct::type); !entry)
    return entry.error();
  if (context.db.failure()) return *context.db.failure();
  const Typing event{params.room, context.caller().user};
  realtime::Batch batch;
  batch.push_back(realtime::ToRoom{
      params.room, realtime::make_frame(compose_event(event), realtime::Delivery::ephemeral)});
  context.services.hub.publish(std::move(batch));
  return Empty{};
}

}  // namespace wardroom::commands
