#include "server/realtime/subscriptions.hpp"

#include <algorithm>

#include "protocol/events.hpp"
#include "protocol/json_rpc.hpp"

namespace wardroom::realtime {
namespace {

template <class T>
bool contains(const std::vector<T>& list, const T& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

// A person with a duty hears of nothing else.
bool is_held(const Peer& peer) {
  return peer.caller() && peer.caller()->duties.any();
}

}  // namespace

template <class Map, class Key>
void Subscriptions::drop(Map& map, Key key, Entry& entry) {
  const auto found = map.find(key);
  if (found == map.end()) return;
  std::erase(found->second, &entry);
  if (found->second.empty()) map.erase(found);
}

// `act` may sign the entry out.
template <class Act>
void Subscriptions::each_of(UserId user, const Act& act) {
  const auto found = users_.find(user);
  if (found == users_.end()) return;
  for (Entry* entry : Entries(found->second)) act(*entry);
}

void Subscriptions::add(Peer& peer) {
  auto entry = std::make_unique<Entry>();
  entry->peer = &peer;
  peers_[peer.id.serial] = std::move(entry);
}

void Subscriptions::remove(Peer& peer) {
  const auto found = peers_.find(peer.id.serial);
  if (found == peers_.end()) return;
  sign_out(*found->second);
  peers_.erase(found);
}

Peer* Subscriptions::find(PeerId id) const {
  const auto found = peers_.find(id.serial);
  return found == peers_.end() ? nullptr : found->second->peer;
}

bool Subscriptions::sign_in(Peer& peer, Caller caller, const std::vector<RoomId>& rooms) {
  Entry& entry = *peers_.at(peer.id.serial);
  if (peer.caller_ || entry.over || !peer.is_open()) return false;
  peer.caller_ = std::move(caller);  // first: whatever fails below, sign_out() finds it
  users_[peer.caller_->user].push_back(&entry);
  presence_.connected(peer.caller_->user, peer.caller_->session);
  set_rooms(peer, rooms);
  return true;
}

void Subscriptions::sign_out(Entry& entry) {
  Peer& peer = *entry.peer;
  if (!peer.caller_) return;
  for (const RoomId room : entry.rooms) drop(rooms_, room, entry);
  entry.rooms.clear();
  watch(entry, {});
  drop(users_, peer.caller_->user, entry);
  presence_.disconnected(peer.caller_->user, peer.caller_->session);
  peer.caller_.reset();
  entry.over = true;
}

void Subscriptions::end(Peer& peer, protocol::CloseCode code) {
  end(*peers_.at(peer.id.serial), code);
}

void Subscriptions::end(Entry& entry, protocol::CloseCode code) {
  sign_out(entry);
  entry.over = true;
  entry.peer->close(code, "");
}

void Subscriptions::set_caller(Peer& peer, const Caller& caller) {
  if (!peer.caller_) return;
  peer.caller_->role = caller.role;
  peer.caller_->duties = caller.duties;
}

bool Subscriptions::set_rooms(Peer& peer, const std::vector<RoomId>& rooms) {
  Entry& entry = *peers_.at(peer.id.serial);
  const bool hears_none = !peer.caller_ || is_held(peer);
  for (const RoomId room : std::vector<RoomId>(entry.rooms))
    if (hears_none || !contains(rooms, room)) part(entry, room);
  if (hears_none) return false;
  bool grew = false;
  for (const RoomId room : rooms) {
    if (contains(entry.rooms, room)) continue;
    join(entry, room);
    grew = true;
  }
  return grew;
}

bool Subscriptions::hears(const Peer& peer, RoomId room) const {
  const auto found = peers_.find(peer.id.serial);
  return found != peers_.end() && contains(found->second->rooms, room);
}

bool Subscriptions::has_changed(UserId user, std::uint64_t since) const {
  const auto found = changes_.find(user);
  return found != changes_.end() && found->second > since;
}

void Subscriptions::set_watched(Peer& peer, std::vector<UserId> users) {
  if (peer.caller_ && !is_held(peer)) watch(*peers_.at(peer.id.serial), std::move(users));
}

void Subscriptions::watch(Entry& entry, std::vector<UserId> users) {
  for (const UserId user : entry.watched) drop(watchers_, user, entry);
  std::sort(users.begin(), users.end());
  users.erase(std::unique(users.begin(), users.end()), users.end());
  entry.watched = std::move(users);
  for (const UserId user : entry.watched) watchers_[user].push_back(&entry);
}

void Subscriptions::join(Entry& entry, RoomId room) {
  if (contains(entry.rooms, room)) return;
  entry.rooms.push_back(room);
  rooms_[room].push_back(&entry);
}

void Subscriptions::part(Entry& entry, RoomId room) {
  if (std::erase(entry.rooms, room) > 0) drop(rooms_, room, entry);
}

void Subscriptions::end_session(const SessionEnded& ended) {
  note_change(ended.user);
  each_of(ended.user, [&](Entry& entry) {
    if (entry.peer->caller_->session != ended.session) return;
    if (ended.code == protocol::CloseCode::revoked)
      entry.peer->deliver(
          make_frame(protocol::compose_event(protocol::SessionRevoked{std::string(ended.why)})));
    end(entry, ended.code);
  });
}

void Subscriptions::change_caller(Entry& entry, const CallerChanged& changed) {
  Peer& peer = *entry.peer;
  peer.caller_->role = changed.role;
  peer.caller_->duties = changed.duties;
  set_rooms(peer, changed.rooms);
  if (is_held(peer)) watch(entry, {});
  peer.deliver(changed.frame);
}

void Subscriptions::apply(const Publication& publication) {
  const auto fan_out = [](const auto& map, auto key, const FramePtr& frame) {
    const auto found = map.find(key);
    if (found == map.end()) return;
    for (Entry* entry : found->second) entry->peer->deliver(frame);
  };
  const auto act = [&](const auto& p) {
    using P = std::decay_t<decltype(p)>;
    if constexpr (std::is_same_v<P, ToRoom>) {
      fan_out(rooms_, p.room, p.frame);
    } else if constexpr (std::is_same_v<P, ToUser>) {
      each_of(p.user, [&](Entry& entry) {
        if (!is_held(*entry.peer)) entry.peer->deliver(p.frame);
      });
    } else if constexpr (std::is_same_v<P, ToWatchers>) {
      fan_out(watchers_, p.user, p.frame);
    } else if constexpr (std::is_same_v<P, ToEverybody>) {
      for (const auto& [serial, entry] : peers_)
        if (entry->peer->caller() && !is_held(*entry->peer)) entry->peer->deliver(p.frame);
    } else if constexpr (std::is_same_v<P, MemberIn>) {
      note_change(p.user);
      each_of(p.user, [&](Entry& entry) {
        if (!is_held(*entry.peer)) join(entry, p.room);
      });
    } else if constexpr (std::is_same_v<P, MemberOut>) {
      note_change(p.user);
      each_of(p.user, [&](Entry& entry) { part(entry, p.room); });
    } else if constexpr (std::is_same_v<P, SessionEnded>) {
      end_session(p);
    } else if constexpr (std::is_same_v<P, CallerChanged>) {
      note_change(p.user);
      each_of(p.user, [&](Entry& entry) { change_caller(entry, p); });
    } else if constexpr (std::is_same_v<P, ApartFrom>) {
      note_change(p.guest);
      each_of(p.guest, [&](Entry& entry) {
        for (const UserId user : p.people)
          if (std::erase(entry.watched, user) > 0) drop(watchers_, user, entry);
      });
    } else if (Peer* peer = find(p.peer)) {
      p.act(*peer);
    }
  };
  std::visit(act, publication);
}

void Subscriptions::for_each(const std::function<void(Peer&)>& act) const {
  for (const auto& [serial, entry] : peers_) act(*entry->peer);
}

}  // namespace wardroom::realtime
