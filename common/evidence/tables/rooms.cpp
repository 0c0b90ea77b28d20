#include "common/evidence/tables/rooms.hpp"

namespace wardroom::evidence {
namespace {

enum RoomColumn : std::size_t {
  kRoomName,
  kKind,
  kTopic,
  kLocked,
  kArchived,
  kSlowMode,
  kDirectState,
  kRemovedMessages
};

std::string member_key(const std::string& room, const std::string& user) {
  return "person " + user + " in room " + room;
}

std::string pin_key(std::string_view room, std::string_view seq) {
  return "message " + std::string(seq) + " of room " + std::string(room);
}

ReplayedTable::Field as_bit(const ReplayedTable::Field& said) {
  return said ? ReplayedTable::Field(*said == "true" ? "1" : "0") : std::nullopt;
}

}  // namespace

void RoomsReplay::take(const Act& act) {
  if (act.is("room.created")) make_room(act);
  take_room(act);
  take_member(act);
  take_pin(act);
}

void RoomsReplay::note_pruned(std::int64_t idx, std::string_view type) {
  rooms_.note_pruned(idx, type);
  members_.note_pruned(idx, type);
  pins_.note_pruned(idx, type);
}

void RoomsReplay::make_room(const Act& act) {
  const std::string room = act.target();
  const auto kind = act.after("kind").value_or("");
  const bool direct = kind == "direct";
  // Conversations of the first version knew no states: all were open.
  rooms_.put(act, room,
             {act.target_name(), kind, direct ? ReplayedTable::Field("") : std::nullopt, "0", "0", "0",
              direct ? act.after("state").value_or("open") : "none", "0"});
  if (!direct) return members_.put(act, member_key(room, act.actor()), {"moderator"});
  for (const auto& user : act.after_list("users")) members_.put(act, member_key(room, user), {"member"});
}

void RoomsReplay::take_room(const Act& act) {
  const std::string room = act.room();
  if (act.is("room.renamed")) rooms_.set(act, room, kRoomName, act.after("name"));
  if (act.is("room.kind_changed")) rooms_.set(act, room, kKind, act.after("kind"));
  if (act.is("room.topic_changed")) rooms_.set(act, room, kTopic, act.after("topic"));
  if (act.is("room.locked") || act.is("room.unlocked"))
    rooms_.set(act, room, kLocked, as_bit(act.after("locked")));
  if (act.is("room.archived")) rooms_.set(act, room, kArchived, as_bit(act.after("archived")));
  if (act.is("room.slow_mode")) rooms_.set(act, room, kSlowMode, act.after("slow_mode_s"));
  if (act.is("room.direct_changed")) rooms_.set(act, room, kDirectState, act.after("state"));
  if (act.is("room.retention_applied"))
    rooms_.set(act, room, kRemovedMessages, std::to_string(removed_[room] += act.after_number("messages")));
}

void RoomsReplay::take_member(const Act& act) {
  const std::string key = member_key(act.room(), act.target());
  if (act.is("room.member_added")) {
    members_.put(act, key, {"member"});
    if (act.request() != request_) brought_in_.clear();
    request_ = act.request();
    brought_in_.push_back(key);
  }
  if (act.is("room.member_removed")) members_.erase(key);
  if (act.is("room.role_changed")) members_.set(act, key, 0, act.after("role"));
  // Whom the same request brought in took the leaver's rooms over.
  if (act.is("user.offboarded") && act.request() == request_)
    for (const auto& successor : brought_in_) members_.set(act, successor, 0, "moderator");
}

void RoomsReplay::take_pin(const Act& act) {
  const std::string key = pin_key(act.room(), act.target());
  if (act.is("message.pinned")) {
    pins_.erase(key);
    if (act.after("pinned") == "true") pins_.put(act, key, {act.room(), act.target()});
  }
  if (act.is("message.deleted")) pins_.erase(key);
}

void RoomsReplay::forget_pins_of_the_deleted(sqlite::Connection& db) {
  std::vector<std::string> gone;
  for (const auto& [key, row] : pins_.rows()) {
    const auto stands = db.find<std::int64_t>(
        "SELECT 1 FROM messages WHERE room_id = CAST(? AS INTEGER) AND seq = CAST(? AS INTEGER) AND deleted "
        "= 0",
        row.fields[0].value_or(""), row.fields[1].value_or(""));
    if (!stands) gone.push_back(key);
  }
  for (const auto& key : gone) pins_.erase(key);
}

void RoomsReplay::compare(sqlite::Connection& db, TablesReport& report) {
  rooms_.compare(db.query("SELECT id, name, kind, topic, locked, archived, slow_mode_s,"
                          " coalesce(direct_state, 'none'), removed FROM rooms"),
                 report);
  members_.compare(db.query("SELECT 'person ' || user_id || ' in room ' || room_id, role FROM members"),
                   report);
  forget_pins_of_the_deleted(db);
  pins_.compare(db.query("SELECT 'message ' || seq || ' of room ' || room_id, room_id, seq FROM messages"
                         " WHERE pinned IS NOT NULL"),
                report);
}

}  // namespace wardroom::evidence
