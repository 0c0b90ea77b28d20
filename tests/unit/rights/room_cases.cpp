#include "tests/unit/rights/builders.hpp"

namespace wardroom::testing {
namespace {

using domain::Right;
using domain::RoomAct;

// Whom guests meet in their rooms they may also write to; the rest of us may know of everybody.
Result<void> knows_the_bystander(const Ground& g) {
  if (g.situation.membership || g.rule(Right::use_directory)) return ok();
  return not_found("");
}

// Who is in already may say so again.
Result<void> may_join(const Ground& g) {
  return g.situation.membership ? ok() : g.rule(RoomAct::join);
}
// Leaving twice is no error, so that an outsider learns nothing.
Result<void> may_leave(const Ground& g) {
  return g.situation.membership ? g.rule(RoomAct::leave) : ok();
}

// Opening a private room to everybody is for moderators who are in it.
Result<void> may_open_up(const Ground& g) {
  if (auto update = g.rule(RoomAct::update); !update) return update;
  return g.situation.kind == protocol::RoomKind::private_ ? g.rule(RoomAct::make_public) : ok();
}

}  // namespace

std::vector<Case> room_cases() {
  const object on = because({{"on", true}});
  return {
      {"room.list", "", nothing, {}, {}},
      {"room.browse", "", nothing, {}, {}},
      {"room.create",
       "",
       [](Ground& g) {
         return object{{"name", g.unused_name("new")}, {"kind", "public"}};
       },
       {},
       {}},
      {"room.update", "", room_with({{"topic", "t"}}), {}, {}},
      {"room.update", "to public", room_with({{"kind", "public"}}), may_open_up, {}},
      {"room.join", "", the_room, may_join, {}},
      {"room.leave", "", the_room, may_leave, {}},
      {"room.members", "", the_room, {}, {}},
      {"room.add_member", "", member_with({}), {}, {}},
      {"room.remove_member", "", member_with({}), {}, {}},
      {"room.set_role", "", member_with({{"role", "moderator"}}), {}, {}},
      {"room.archive", "", room_with(on), {}, {}},
      {"room.lock", "", room_with(on), {}, {}},
      {"room.slow_mode", "", room_with(because({{"seconds", 10}})), {}, {}},
      {"direct.open",
       "",
       [](Ground& g) {
         return object{{"users", {g.bystander.id.value}}};
       },
       knows_the_bystander,
       {}},
      {"direct.accept", "", the_room, {}, {"direct_ended"}},
      {"direct.decline", "", the_room, {}, {"not_requested"}},
      {"direct.end", "", the_room, {}, {}},
      {"marker.set", "", room_with({{"seq", 1}}), {}, {}},
      {"typing.send", "", the_room, {}, {}},
  };
}

}  // namespace wardroom::testing
