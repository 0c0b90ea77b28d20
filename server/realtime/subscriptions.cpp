#include "server/realtime/subscriptions.hpp"

#include <algorithm>

#include "protocol/events.hpp"
#include "protocol/json_rpc.hpp"

namespace wardroom::realtime {

template <class Map, class Key>
void Subscriptions::drop(Map& map, Key key, Entry& entry) {
  const auto found = map.find(key);
  if (found == map.end()) return;
  Entries& entries = found->second;
  if (const auto at = std::find(entries.begin(), entries.end(), &entry); at != entries.end()) {
    *at = entries.back();
    entries.pop_back();
  }
  if (entries.empty()) map.erase(found);
}

void Subscriptions::add(Peer& peer) {
  auto entry = std::make_unique<Entry>();
  entry->peer = &peer;
  peers_[peer.id.serial] = std::move(entry);
}

namespace {

// A person with a duty hears of nothing else.
bool is_held(const Peer& peer) {
  return peer.caller && peer.caller->duties.any();
}

}  // namespace

std::optional<Subscriptions::SignedInAs> Subscriptions::remove(Peer& peer) {
  const auto found = peers_.find(peer.id.serial);
  if (found == peers_.end()) return std::nullopt;
  Entry& entry = *found->second;
  for (const RoomId room : entry.rooms) drop(rooms_, room, entry);
  for (const UserId user : entry.watched) drop(watchers_, user, entry);
  std::optional<SignedInAs> was;
  if (entry.user.is_set()) {
    was = {entry.user, entry.session};
    drop(users_, entry.user, entry);
  }
  peers_.erase(found);
  return was;
}

Peer* Subscriptions::find(PeerId id) const {
  const auto found = peers_.find(id.serial);
  return found == peers_.end() ? nullptr : found->second->peer;
}

void Subscriptions::sign_in(Peer& peer) {
  Entry& entry = *peers_.at(peer.id.serial);
  entry.user = peer.caller->user;
  entry.session = peer.caller->session;
  users_[entry.user].push_back(&entry);
}

bool Subscriptions::set_rooms(Peer& peer, const std::vector<RoomId>& rooms) {
  Entry& entry = *peers_.at(peer.id.serial);
  const auto has = [](const std::vector<RoomId>& list, RoomId room) {
    return std::find(list.begin(), list.end(), room) != list.end();
  };
  bool grew = false;
  for (const RoomId room : std::vector<RoomId>(entry.rooms))
    if (is_held(peer) || !has(rooms, room)) part(entry, room);
  if (is_held(peer)) return false;
  for (const RoomId room : rooms) {
    if (has(entry.rooms, room)) continue;
    join(entry, room);
    grew = true;
  }
  return grew;
}

std::uint64_t Subscriptions::membership_version(const Peer& peer) const {
  return peers_.at(peer.id.serial)->membership_version;
}

bool Subscriptions::hears(const Peer& peer, RoomId room) const {
  const auto found = peers_.find(peer.id.serial);
  if (found == peers_.end()) return false;
  const auto& rooms = found->second->rooms;
  return std::find(rooms.begin(), rooms.end(), room) != rooms.end();
}

void Subscriptions::set_watched(Peer& peer, std::vector<UserId> users) {
  Entry& entry = *peers_.at(peer.id.serial);
  for (const UserId user : entry.watched) drop(watchers_, user, entry);
  std::sort(users.begin(), users.end());
  users.erase(std::unique(users.begin(), users.end()), users.end());
  entry.watched = std::move(users);
  for (const UserId user : entry.watched) watchers_[user].push_back(&entry);
}

void Subscriptions::join(Entry& entry, RoomId room) {
  if (std::find(entry.rooms.begin(), entry.rooms.end(), room) != entry.rooms.end()) return;
  entry.rooms.push_back(room);
  rooms_[room].push_back(&entry);
}

void Subscriptions::part(Entry& entry, RoomId room) {
  const auto at = std::find(entry.rooms.begin(), entry.rooms.end(), room);
  if (at == entry.rooms.end()) return;
  entry.rooms.erase(at);
  drop(rooms_, room, entry);
}

void Subscriptions::end_session(const SessionEnded& ended) {
  const auto found = users_.find(ended.user);
  if (found == users_.end()) return;
  static const FramePtr kFarewell = make_frame(protocol::compose_event(protocol::SessionRevoked{"revoked"}));
  for (Entry* entry : Entries(found->second)) {
    if (!entry->peer->caller || entry->peer->caller->session != ended.session) continue;
    if (ended.code == protocol::CloseCode::revoked) entry->peer->deliver(kFarewell);
    for (const RoomId room : std::vector<RoomId>(entry->rooms)) part(*entry, room);
    entry->peer->caller.reset();
    entry->peer->close(ended.code, "");
  }
}

void Subscriptions::change_caller(Entry& entry, const CallerChanged& changed) {
  ++entry.membership_version;
  if (!entry.peer->caller) return;
  entry.peer->caller->role = changed.role;
  entry.peer->caller->duties = changed.duties;
  set_rooms(*entry.peer, changed.rooms);
  if (changed.duties.any()) set_watched(*entry.peer, {});
  entry.peer->deliver(changed.frame);
}

void Subscriptions::apply(const Publication& publication) {
  const auto fan_out = [](const auto& map, auto key, const FramePtr& frame) {
    const auto found = map.find(key);
    if (found == map.end()) return;
    for (Entry* entry : found->second) entry->peer->deliver(frame);
  };
  const auto each_of = [&](UserId user, const auto& act) {
    const auto found = users_.find(user);
    if (found == users_.end()) return;
    for (Entry* entry : found->second) act(*entry);
  };
  const auto act = [&](const auto& p) {
    using P = std::decay_t<decltype(p)>;
    if constexpr (std::is_same_v<P, ToRoom>)
      fan_out(rooms_, p.room, p.frame);
    else if constexpr (std::is_same_v<P, ToUser>)
      each_of(p.user, [&](Entry& entry) {
        if (!is_held(*entry.peer)) entry.peer->deliver(p.frame);
      });
    else if constexpr (std::is_same_v<P, ToWatchers>)
      fan_out(watchers_, p.user, p.frame);
    else if constexpr (std::is_same_v<P, MemberIn>)
      each_of(p.user, [&](Entry& entry) {
        ++entry.membership_version;
        if (!is_held(*entry.peer)) join(entry, p.room);
      });
    else if constexpr (std::is_same_v<P, MemberOut>)
      each_of(p.user, [&](Entry& entry) {
        ++entry.membership_version;
        part(entry, p.room);
      });
    else if constexpr (std::is_same_v<P, SessionEnded>)
      end_session(p);
    else if constexpr (std::is_same_v<P, CallerChanged>)
      each_of(p.user, [&](Entry& entry) { change_caller(entry, p); });
    else if (Peer* peer = find(p.peer))
      p.act(*peer);
  };
  std::visit(act, publication);
}

void Subscriptions::for_each(const std::function<void(Peer&)>& act) const {
  for (const auto& [serial, entry] : peers_) act(*entry->peer);
}

}  // namespace wardroom::realtime
