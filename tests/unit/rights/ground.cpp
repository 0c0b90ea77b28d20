#include "tests/unit/rights/ground.hpp"

#include <catch2/catch.hpp>

#include "common/sqlite/transaction.hpp"
#include "protocol/codec.hpp"
#include "server/store/evidence.hpp"
#include "server/store/messages.hpp"
#include "server/store/reports.hpp"
#include "server/store/rooms.hpp"
#include "server/store/sanctions.hpp"

namespace wardroom::testing {

using namespace protocol;

std::string_view to_string(RoomState state) {
  switch (state) {
    case RoomState::normal:
      return "normal";
    case RoomState::archived:
      return "archived";
    case RoomState::locked:
      return "locked";
    case RoomState::muted:
      return "muted";
    case RoomState::requested:
      return "requested";
    case RoomState::ended:
      return "ended";
  }
  return "";
}

std::string describe(const Situation& s) {
  std::string text = std::string(enum_name(s.role)) + " in a " + std::string(enum_name(s.kind)) + " room as ";
  text += s.membership ? enum_name(*s.membership) : "nobody";
  return text + ", " + std::string(to_string(s.state));
}

std::string Ground::unused_name(std::string_view stem) {
  return std::string(stem) + std::to_string(++names_);
}

std::string Ground::uuid() {
  char text[40];
  std::snprintf(text, sizeof text, "01990000-0000-7000-8000-%012d", ++names_);
  return text;
}

Office::Person Ground::add_person(Role role) {
  return office_.add_person(*db_, unused_name("p"), role);
}

Seq Ground::add_message(UserId author, std::string_view text) {
  const auto id = parse_uuid(uuid());
  REQUIRE(id);
  return store::insert_message(*db_, {room, author, *id, office_.clock.now(), text, {}}).seq;
}

void Ground::make_room() {
  const bool direct = situation.kind == RoomKind::direct;
  const auto name = direct ? std::string() : unused_name("room");
  store::NewRoom row{name, {}, {}, situation.kind, {}, owner.id};
  if (direct)
    row.direct_key = unused_name("direct");
  else
    row.name_key = name;
  room = store::insert_room(*db_, row, office_.clock.now()).value();
  const auto now = office_.clock.now();
  store::insert_member(*db_, room, owner.id, direct ? RoomRole::member : RoomRole::moderator, now);
  store::insert_member(*db_, room, bystander.id, RoomRole::member, now);
  if (situation.membership) store::insert_member(*db_, room, caller.id, *situation.membership, now);
  if (direct) db_->run("UPDATE rooms SET direct_state = 'open' WHERE id = ?", room);
}

void Ground::apply_state() {
  switch (situation.state) {
    case RoomState::normal:
      break;
    case RoomState::archived:
      db_->run("UPDATE rooms SET archived = 1 WHERE id = ?", room);
      break;
    case RoomState::locked:
      db_->run("UPDATE rooms SET locked = 1 WHERE id = ?", room);
      break;
    case RoomState::muted:
      store::insert_sanction(*db_, {SanctionKind::mute, room, caller.id, owner.id, "noise", {}},
                             office_.clock.now());
      break;
    case RoomState::requested:
      db_->run("UPDATE rooms SET direct_state = 'requested', requested_by = ?2 WHERE id = ?1", room,
               owner.id);
      db_->run("UPDATE members SET accepted = 0 WHERE room_id = ?1 AND user_id <> ?2", room, owner.id);
      break;
    case RoomState::ended:
      db_->run("UPDATE rooms SET direct_state = 'ended' WHERE id = ?", room);
      break;
  }
}

ReportId Ground::add_report() {
  const auto reported = store::find_room(*db_, room);
  const auto evidence = store::load_evidence(*db_, reported.value(), Seq{}, theirs);
  const std::string text = encode(evidence.value());
  return store::insert_report(
      *db_, {room, theirs, bystander.id, owner.id, "because", text, {}, sha256(as_bytes(text))},
      office_.clock.now());
}

void Ground::prepare(const Situation& s) {
  situation = s;
  sqlite::Transaction transaction(*db_, sqlite::Transaction::Kind::write);
  caller = add_person(s.role);
  owner = add_person();
  bystander = add_person();
  outsider = add_person();
  make_room();
  theirs = add_message(bystander.id, "from the bystander");
  own = add_message(caller.id, "from the caller");
  deleted = add_message(bystander.id, "gone");
  db_->run("UPDATE messages SET deleted = 1, deleted_by = ?3, text = '' WHERE room_id = ?1 AND seq = ?2",
           room, deleted, owner.id);
  apply_state();
  REQUIRE(transaction.commit());
}

Result<void> Ground::rule(domain::RoomAct act) const {
  domain::Standing standing{.role = situation.role, .membership = situation.membership};
  standing.muted = situation.state == RoomState::muted;
  Room facts{.id = room, .kind = situation.kind};
  facts.archived = situation.state == RoomState::archived;
  facts.locked = situation.state == RoomState::locked;
  if (situation.kind == RoomKind::direct)
    facts.direct = situation.state == RoomState::ended       ? DirectState::ended
                   : situation.state == RoomState::requested ? DirectState::requested
                                                             : DirectState::open;
  return domain::authorize(act, facts, standing);
}

Result<void> Ground::rule(domain::Right right) const {
  return domain::authorize(situation.role, right);
}

}  // namespace wardroom::testing
