#pragma once

#include "server/domain/rights.hpp"
#include "tests/harness/office.hpp"

namespace wardroom::testing {

enum class RoomState { normal, archived, locked, muted, requested, ended };
std::string_view to_string(RoomState state);

// Who calls, and what the room is like.
struct Situation {
  protocol::Role role = protocol::Role::member;
  protocol::RoomKind kind = protocol::RoomKind::public_;
  std::optional<protocol::RoomRole> membership;
  RoomState state = RoomState::normal;
};
std::string describe(const Situation& situation);

// Everything that a call may be about, made afresh for each call, so that no call sees what another did.
class Ground {
 public:
  explicit Ground(Office& office) : office_(office), db_(office.open_database()) {}

  // A caller as the situation says, a room with other people and messages in it.
  void prepare(const Situation& situation);

  // What the table says of this act in this room, and of this right.
  Result<void> rule(domain::RoomAct act) const;
  Result<void> rule(domain::Right right) const;

  Office& office() { return office_; }
  sqlite::Connection& db() { return *db_; }
  std::string unused_name(std::string_view stem);
  std::string uuid();
  Office::Person add_person(protocol::Role role = protocol::Role::member);
  // A report of `theirs` by the owner.
  ReportId add_report();

  Situation situation;
  Office::Person caller;
  Office::Person owner;      // the room's moderator, where it has one
  Office::Person bystander;  // a plain member
  Office::Person outsider;   // not in the room
  RoomId room;
  Seq theirs;   // a message of the bystander
  Seq own;      // a message of the caller, who may have left since
  Seq deleted;  // a message of the bystander that a moderator deleted

 private:
  void make_room();
  void apply_state();
  Seq add_message(UserId author, std::string_view text);

  Office& office_;
  std::unique_ptr<sqlite::Connection> db_;
  int names_ = 0;
};

}  // namespace wardroom::testing
