#include "server/commands/sign_in.hpp"

#include "protocol/limits.hpp"
#include "server/commands/account/duties.hpp"
#include "server/credentials/token.hpp"
#include "server/domain/names.hpp"
#include "server/store/devices.hpp"
#include "server/store/messages.hpp"
#include "server/store/retention.hpp"
#include "server/store/rooms.hpp"
#include "server/store/users.hpp"

namespace wardroom::commands {
namespace {

constexpr std::size_t kMaxDeviceBytes = 100;
constexpr std::size_t kMinDeviceKeyBytes = 16;
constexpr std::size_t kMaxDeviceKeyBytes = 256;

struct CatchUpWork {
  Services& services;
  realtime::PeerId peer;
  SessionId session;
  UserId user;
  std::map<RoomId, Seq> since;
  std::function<void(realtime::Peer&, CaughtUp)> done;
  std::uint64_t version = 0;  // of the subscriptions, before the last reading began
};

protocol::RoomChanges load_room_changes(sqlite::Connection& db, RoomId id, UserId user, Seq since) {
  protocol::RoomChanges changes{.room = id};
  const auto room = store::find_room(db, id);
  if (!room) return changes;
  changes.seq = room->seq;
  if (since >= room->seq) return changes;
  changes.trimmed = store::find_trim(db, id, since);
  const auto member = store::find_member(db, id, user);
  if (!member) return changes;
  changes.changes = store::load_changes(db, {id, member->shown_after}, since,
                                        static_cast<std::int64_t>(protocol::kMaxCatchUp) + 1);
  if (changes.changes.size() > protocol::kMaxCatchUp) {
    changes.changes.clear();
    changes.too_far = true;
  }
  return changes;
}

CaughtUp load_caught_up(sqlite::Connection& db, UserId user, const std::vector<RoomId>& rooms,
                        const std::map<RoomId, Seq>& since) {
  CaughtUp result;
  std::vector<protocol::Message> all;
  for (const RoomId room : rooms) {
    const auto at = since.find(room);
    if (at == since.end()) continue;
    result.rooms.push_back(load_room_changes(db, room, user, at->second));
    const auto& changes = result.rooms.back().changes;
    all.insert(all.end(), changes.begin(), changes.end());
  }
  result.users = store::load_authors(db, all);
  return result;
}

// The connection is subscribed already and would never learn what it missed: it begins anew.
void start_over(const CatchUpWork& work, protocol::CloseCode code) {
  work.services.hub.run_on(
      work.peer, [code](realtime::Peer& peer) { peer.close(code, "What was missed can't be read."); });
}

void read_changes_since(std::shared_ptr<CatchUpWork> work) {
  const auto read = [work](sqlite::Connection& db) {
    Services& services = work->services;
    std::optional<realtime::Caller> caller;
    if (const auto session = store::find_session(db, work->session, services.clock.trusted()))
      caller = to_caller(db, *services.settings.load(), *session);
    std::vector<RoomId> rooms;
    if (caller && !caller->duties.any()) rooms = store::load_room_ids(db, work->user);
    auto caught_up = load_caught_up(db, work->user, rooms, work->since);
    // What couldn't be read is no session that ended, no room that was left and nothing that wasn't missed.
    if (db.failure()) return start_over(*work, protocol::CloseCode::failed);
    services.hub.run_on(work->peer, [work, caller = std::move(caller), rooms = std::move(rooms),
                                     caught_up = std::move(caught_up)](realtime::Peer& peer) mutable {
      auto& subscriptions = work->services.hub.local(peer.id.loop);
      if (!caller) return subscriptions.end(peer, protocol::CloseCode::revoked);
      if (!peer.caller()) return;  // it ended meanwhile and is closing
      const bool stale =
          subscriptions.has_changed(work->user, std::exchange(work->version, subscriptions.version()));
      if (!stale) subscriptions.set_caller(peer, *caller);
      // Rooms that came to light only now were not yet heard when their changes were read: read once more.
      if (stale || subscriptions.set_rooms(peer, rooms)) return read_changes_since(work);
      work->done(peer, std::move(caught_up));
    });
  };
  work->services.readers.submit(read,
                                [work](const Error&) { start_over(*work, protocol::CloseCode::too_slow); });
}

}  // namespace

std::vector<std::string> features(const Settings& settings) {
  std::vector<std::string> all{std::begin(kFeatures), std::end(kFeatures)};
  if (settings.seen_by) all.emplace_back("seen_by");
  return all;
}

realtime::Caller to_caller(sqlite::Connection& db, const Settings& settings, const store::SessionRow& s) {
  return {s.user.id,
          s.id,
          s.user.name,
          s.user.role,
          s.device,
          s.client,
          find_duties(db, settings, s.user.id, s.user.role, s.must_change_password)};
}

Result<protocol::Device> check_device(const protocol::Device& device) {
  auto name = domain::check_line("params.device.name", device.name, kMaxDeviceBytes);
  if (!name) return name.error();
  auto client = domain::check_line("params.device.client", device.client, kMaxDeviceBytes);
  if (!client) return client.error();
  if (device.key && (device.key->size() < kMinDeviceKeyBytes || device.key->size() > kMaxDeviceKeyBytes))
    return params_error("params.device.key", "A device's key has 16 to 256 bytes.");
  return protocol::Device{*name, *client, device.key};
}

std::optional<Digest> device_digest(const protocol::Device& device) {
  if (!device.key) return std::nullopt;
  return sha256(as_bytes(device.key->reveal()));
}

protocol::SignedIn start_session(WriteContext& context, const protocol::User& user, bool must_change_password,
                                 const protocol::Device& device) {
  Services& services = context.services;
  const credentials::Issued token = credentials::make_token();
  const TimePoint expires_at = context.trusted() + services.settings->session_lifetime;
  const auto device_key = device_digest(device);
  const SessionId id = store::insert_session(
      context.db(),
      {user.id, token.digest, device.name, device.client, context.call.source.ip, expires_at, device_key},
      context.now());
  if (device_key) store::remember_device(context.db(), user.id, *device_key, context.trusted());
  store::touch_user(context.db(), user.id, context.now());
  const auto duties =
      find_duties(context.db(), *services.settings.load(), user.id, user.role, must_change_password);
  realtime::Caller caller{user.id, id, user.name, user.role, device.name, device.client, duties};

  Call as_caller = context.call;
  as_caller.caller = caller;
  audit::Record record = as_caller.record(audit::Type::session_created);
  record.target = {"session", id.value, device.name};
  record.after = {{"expires_at", expires_at}, {"token_sha256", to_hex(token.digest)}};
  context.append(record);

  if (context.call.is_websocket)
    context.out.push_back(realtime::ToPeer{
        context.call.peer, [&services, caller, rooms = store::load_room_ids(context.db(), user.id)](
                               realtime::Peer& peer) { sign_in_peer(services, peer, caller, rooms); }});
  return {token.text,
          expires_at,
          user,
          duties.change_password,
          duties.enrol_second_factor,
          services.epoch,
          features(*services.settings.load())};
}

bool sign_in_peer(Services& services, realtime::Peer& peer, realtime::Caller caller,
                  const std::vector<RoomId>& rooms) {
  if (!services.hub.local(peer.id.loop).sign_in(peer, std::move(caller), rooms)) return false;
  peer.set_max_request(protocol::kMaxRequestBytes);
  return true;
}

void catch_up(Services& services, realtime::Peer& peer, std::map<RoomId, Seq> since,
              std::function<void(realtime::Peer&, CaughtUp)> done) {
  auto work = std::make_shared<CatchUpWork>(
      CatchUpWork{services, peer.id, peer.caller()->session, peer.caller()->user, std::move(since),
                  std::move(done), services.hub.local(peer.id.loop).version()});
  read_changes_since(std::move(work));
}

}  // namespace wardroom::commands
