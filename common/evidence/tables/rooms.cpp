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
  kRemovedMessages,
  kCreator,
  kDirectKey,
  kRequester,
  kDeclined,
  kHistoryFrom,
  kTrimmedBefore
};
enum MemberColumn : std::size_t { kMemberRole, kAccepted, kShownAfter };

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
  // Whoever comes in from here on may see more or less than is known.
  if (type == "room.kind_changed") rooms_.forget(kHistoryFrom);
}

void RoomsReplay::make_room(const Act& act) {
  const std::string room = act.target();
  const auto kind = act.after("kind").value_or("");
  const bool direct = kind == "direct";
  const auto users = act.after_list("users");
  // Conversations of the first version knew no states: all were open.
  const std::string state = direct ? act.after("state").value_or("open") : "none";
  const std::string requester = state == "requested" ? act.actor() : "none";
  rooms_.put(
      act, room,
      {act.target_name(), kind, direct ? ReplayedTable::Field("") : act.after("topic"), "0", "0", "0", state,
       "0", act.actor(), direct ? join(users) : "none", requester, "no", "0", "none", act.ts()});
  if (!direct) return members_.put(act, member_key(room, act.actor()), {"moderator", "1", "0"});
  people_[room] = users;
  for (const auto& user : users) members_.put(act, member_key(room, user), {"member", "1", "0"});
  if (requester != "none") ask_people(act, requester);
}

// All but the one who asks have yet to say something; nobody asks: it is open to all.
void RoomsReplay::ask_people(const Act& act, const std::string& requester) {
  for (const auto& user : people_[act.room()])
    members_.set(act, member_key(act.room(), user), kAccepted,
                 requester == "none" || user == requester ? "1" : "0");
}

void RoomsReplay::take_direct(const Act& act) {
  const std::string room = act.room();
  rooms_.set(act, room, kDirectState, act.after("state"));
  const auto what = act.after("act").value_or("");
  if (what == "asked" || what == "opened") {
    const std::string requester = what == "asked" ? act.actor() : "none";
    rooms_.set(act, room, kRequester, requester);
    ask_people(act, requester);
  }
  if (what == "accepted") return members_.set(act, member_key(room, act.actor()), kAccepted, "1");
  rooms_.set(act, room, kDeclined, what == "declined" ? "yes" : "no");
}

void RoomsReplay::take_kind(const Act& act) {
  const std::string room = act.room();
  rooms_.set(act, room, kKind, act.after("kind"));
  if (act.after("kind") != "public") return;
  // Records of before it was written say nothing of where the history begins.
  rooms_.set(act, room, kHistoryFrom, act.after("history_from"));
  if (act.after("open_history") != "true") return;
  const std::string in_room = member_key(room, "").substr(std::string("person ").size());
  std::vector<std::string> keys;
  for (const auto& [key, row] : members_.rows())
    if (key.ends_with(in_room)) keys.push_back(key);
  for (const auto& key : keys) members_.set(act, key, kShownAfter, "0");
}

// Who comes in sees what comes after the room's history was closed.
ReplayedTable::Field RoomsReplay::shown_to_newcomers(const std::string& room) const {
  const auto found = rooms_.rows().find(room);
  return found == rooms_.rows().end() ? std::nullopt : found->second.fields[kHistoryFrom];
}

void RoomsReplay::take_room(const Act& act) {
  const std::string room = act.room();
  if (act.is("room.renamed")) rooms_.set(act, room, kRoomName, act.after("name"));
  if (act.is("room.kind_changed")) take_kind(act);
  if (act.is("room.topic_changed")) rooms_.set(act, room, kTopic, act.after("topic"));
  if (act.is("room.locked") || act.is("room.unlocked"))
    rooms_.set(act, room, kLocked, as_bit(act.after("locked")));
  if (act.is("room.archived")) rooms_.set(act, room, kArchived, as_bit(act.after("archived")));
  if (act.is("room.slow_mode")) rooms_.set(act, room, kSlowMode, act.after("slow_mode_s"));
  if (act.is("room.direct_changed")) take_direct(act);
  if (act.is("room.retention_applied")) {
    rooms_.set(act, room, kRemovedMessages, std::to_string(removed_[room] += act.after_number("messages")));
    rooms_.set(act, room, kTrimmedBefore, act.after("before"));
  }
}

void RoomsReplay::take_member(const Act& act) {
  const std::string key = member_key(act.room(), act.target());
  if (act.is("room.member_added")) {
    const auto shown_after = act.after("shown_after");
    members_.put(act, key, {"member", "1", shown_after ? shown_after : shown_to_newcomers(act.room())});
    if (act.request() != request_) brought_in_.clear();
    request_ = act.request();
    brought_in_.push_back(key);
  }
  if (act.is("room.member_removed")) members_.erase(key);
  if (act.is("room.role_changed")) members_.set(act, key, kMemberRole, act.after("role"));
  // Whom the same request brought in took the leaver's rooms over.
  if (act.is("user.offboarded") && act.request() == request_)
    for (const auto& successor : brought_in_) members_.set(act, successor, kMemberRole, "moderator");
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
  rooms_.compare({db.query("SELECT id, name, kind, topic, locked, archived, slow_mode_s,"
                           " coalesce(direct_state, 'none'), removed, coalesce(created_by, 'none'),"
                           " coalesce(direct_key, 'none'), coalesce(requested_by, 'none'),"
                           " iif(declined_at IS NULL, 'no', 'yes'), history_from,"
                           " coalesce(strftime('%Y-%m-%dT%H:%M:%S', trimmed_before / 1000, 'unixepoch')"
                           "  || printf('.%03dZ', trimmed_before % 1000), 'none'),"
                           " strftime('%Y-%m-%dT%H:%M:%S', created_at / 1000, 'unixepoch')"
                           " || printf('.%03dZ', created_at % 1000) FROM rooms"),
                  &db},
                 report);
  members_.compare(
      {db.query("SELECT 'person ' || user_id || ' in room ' || room_id, role, accepted, shown_after"
                " FROM members")},
      report);
  forget_pins_of_the_deleted(db);
  pins_.compare({db.query("SELECT 'message ' || seq || ' of room ' || room_id, room_id, seq FROM messages"
                          " WHERE pinned IS NOT NULL")},
                report);
}

}  // namespace wardroom::evidence
