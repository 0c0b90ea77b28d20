#include "server/domain/rights.hpp"

#include <functional>

#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <catch2/catch.hpp>

using namespace wardroom;
using namespace wardroom::domain;
using protocol::DirectState;
using protocol::Role;
using protocol::Room;
using protocol::RoomKind;
using protocol::RoomRole;

namespace {

template <class E>
std::vector<E> all() {
  std::vector<E> values;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>(
      [&](auto row) { values.push_back(row.value); });
  return values;
}

Room room_of(RoomKind kind) {
  Room room;
  room.kind = kind;
  if (kind == RoomKind::direct) room.direct = DirectState::open;
  return room;
}

const std::vector<std::optional<RoomRole>> kInside{RoomRole::member, RoomRole::moderator};

std::string reason_of(const Result<void>& result) {
  if (result) return "ok";
  return result.error().reason.empty() ? std::string(to_string(result.error().code)) : result.error().reason;
}

std::string reason_of(RoomAct act, const Room& room, const Standing& standing) {
  return reason_of(authorize(act, room, standing));
}

// Every standing of somebody who is in a room of this kind.
void for_each_member(RoomKind kind, const std::function<void(const Standing&)>& check) {
  for (const Role role : all<Role>())
    for (const auto membership : kInside) {
      if (kind == RoomKind::direct && membership == RoomRole::moderator) continue;
      check({.role = role, .membership = membership});
    }
}

// What changes what others read in a room.
constexpr RoomAct kSpeech[] = {RoomAct::type, RoomAct::post, RoomAct::edit, RoomAct::react};

}  // namespace

TEST_CASE("nobody reads or writes in a room that they aren't in, whatever their role") {
  for (const RoomKind kind : all<RoomKind>())
    for (const Role role : all<Role>())
      for (const RoomAct act : {RoomAct::read, RoomAct::mark, RoomAct::type, RoomAct::post, RoomAct::edit,
                                RoomAct::react, RoomAct::report, RoomAct::leave, RoomAct::delete_own})
        CHECK_FALSE(authorize(act, room_of(kind), {.role = role}));
}

TEST_CASE("who isn't in a private or direct room hears the same as of a room that doesn't exist") {
  for (const RoomKind kind : {RoomKind::private_, RoomKind::direct})
    for (const Role role : all<Role>()) {
      if (kind == RoomKind::private_ && has_right(role, Right::moderate_office)) continue;
      for (const RoomRule& rule : room_rules())
        CHECK(reason_of(rule.act, room_of(kind), {.role = role}) == "not_found");
    }
}

TEST_CASE("a moderator of the office moderates private rooms without reading, joining or opening them") {
  const Standing mo{.role = Role::moderator};
  const Room room = room_of(RoomKind::private_);
  for (const RoomAct act : {RoomAct::delete_any, RoomAct::lock, RoomAct::mute, RoomAct::kick, RoomAct::ban,
                            RoomAct::archive, RoomAct::set_role, RoomAct::see_sanctions})
    CHECK(reason_of(act, room, mo) == "ok");
  CHECK(reason_of(RoomAct::read, room, mo) == "not_found");
  CHECK(reason_of(RoomAct::join, room, mo) == "not_found");
  CHECK(reason_of(RoomAct::add_member, room, mo) == "not_a_member");
}

TEST_CASE("a direct room has no moderator, and nobody is taken out of it or brought into it") {
  for_each_member(RoomKind::direct, [](const Standing& standing) {
    const Room room = room_of(RoomKind::direct);
    CHECK_FALSE(is_moderator(room, standing));
    for (const RoomAct act : {RoomAct::join, RoomAct::leave, RoomAct::add_member, RoomAct::remove_member,
                              RoomAct::kick, RoomAct::ban, RoomAct::mute, RoomAct::lock, RoomAct::archive,
                              RoomAct::delete_any, RoomAct::see_versions})
      CHECK(reason_of(act, room, standing) == "direct_room");
    for (const RoomAct act : {RoomAct::read, RoomAct::post, RoomAct::pin, RoomAct::report})
      CHECK(reason_of(act, room, standing) == "ok");
  });
}

TEST_CASE("in an archived room nobody writes, and everybody in it still reads and reports") {
  for (const RoomKind kind : {RoomKind::public_, RoomKind::private_})
    for_each_member(kind, [&](const Standing& standing) {
      Room room = room_of(kind);
      room.archived = true;
      for (const RoomAct act : kSpeech) CHECK(reason_of(act, room, standing) == "room_archived");
      for (const RoomAct act : {RoomAct::read, RoomAct::mark, RoomAct::report, RoomAct::leave})
        CHECK(reason_of(act, room, standing) == "ok");
      // Whoever may archive it may open it again.
      if (is_moderator(room, standing)) CHECK(reason_of(RoomAct::archive, room, standing) == "ok");
    });
}

TEST_CASE("in a locked room its moderators write and nobody else does") {
  for (const RoomKind kind : {RoomKind::public_, RoomKind::private_})
    for_each_member(kind, [&](const Standing& standing) {
      Room room = room_of(kind);
      room.locked = true;
      for (const RoomAct act : kSpeech)
        CHECK(reason_of(act, room, standing) == (is_moderator(room, standing) ? "ok" : "room_locked"));
      CHECK(reason_of(RoomAct::read, room, standing) == "ok");
    });
}

TEST_CASE("whoever is muted reads, reports and takes back their words, but writes nowhere; moderators, too") {
  for (const RoomKind kind : all<RoomKind>())
    for_each_member(kind, [&](Standing standing) {
      standing.muted = true;
      for (const RoomAct act : kSpeech) CHECK(reason_of(act, room_of(kind), standing) == "muted");
      for (const RoomAct act : {RoomAct::read, RoomAct::mark, RoomAct::report, RoomAct::delete_own})
        CHECK(reason_of(act, room_of(kind), standing) == "ok");
    });
  const Standing moderator{.membership = RoomRole::moderator, .muted = true};
  CHECK(reason_of(RoomAct::kick, room_of(RoomKind::public_), moderator) == "ok");
}

TEST_CASE("a ban keeps people out, whatever their role") {
  for (const Role role : {Role::member, Role::auditor, Role::moderator, Role::admin})
    CHECK(reason_of(RoomAct::join, room_of(RoomKind::public_), {.role = role, .banned = true}) == "banned");
}

TEST_CASE("a conversation that was asked for or ended is read and not written in") {
  for (const auto& [state, reason] :
       {std::pair(DirectState::requested, "not_accepted"), std::pair(DirectState::ended, "direct_ended")}) {
    Room room = room_of(RoomKind::direct);
    room.direct = state;
    const Standing inside{.membership = RoomRole::member};
    for (const RoomAct act : kSpeech) CHECK(reason_of(act, room, inside) == reason);
    CHECK(reason_of(RoomAct::read, room, inside) == "ok");
    CHECK(reason_of(RoomAct::report, room, inside) == "ok");
  }
}

TEST_CASE("a guest finds no rooms, and moderates none, not even one that they moderated before") {
  const Room room = room_of(RoomKind::public_);
  CHECK(reason_of(RoomAct::join, room, {.role = Role::guest}) == "not_found");
  const Standing guest{.role = Role::guest, .membership = RoomRole::moderator};
  CHECK_FALSE(is_moderator(room, guest));
  for (const RoomRule& rule : room_rules())
    if (rule.in_public == Least::moderator) CHECK(reason_of(rule.act, room, guest) == "not_a_moderator");
}

TEST_CASE("an auditor has no more say in a room than a member") {
  for (const RoomKind kind : all<RoomKind>())
    for (const auto membership : {std::optional<RoomRole>(), std::optional(RoomRole::member)})
      for (const RoomRule& rule : room_rules())
        CHECK(reason_of(rule.act, room_of(kind), {.role = Role::auditor, .membership = membership}) ==
              reason_of(rule.act, room_of(kind), {.role = Role::member, .membership = membership}));
}

TEST_CASE("ranks: against oneself never, an administrator against everybody, others only downwards") {
  const Room room = room_of(RoomKind::public_);
  const Standing admin{.role = Role::admin}, mo{.role = Role::moderator};
  const Standing own{.membership = RoomRole::moderator}, member{.membership = RoomRole::member};
  const auto verdict = [&](const Standing& actor, const Standing& target) {
    return reason_of(authorize_against(&room, actor, target, false));
  };
  for (const auto& who : {admin, mo, own}) CHECK_FALSE(authorize_against(&room, who, who, true));
  CHECK(verdict(admin, admin) == "ok");
  CHECK(verdict(admin, mo) == "ok");
  CHECK(verdict(mo, own) == "ok");
  CHECK(verdict(mo, member) == "ok");
  CHECK(verdict(mo, mo) == "outranked");
  CHECK(verdict(mo, admin) == "outranked");
  CHECK(verdict(own, member) == "ok");
  CHECK(verdict(own, own) == "outranked");
  CHECK(verdict(own, mo) == "outranked");
  CHECK(reason_of(authorize_against(nullptr, mo, member, false)) == "ok");
  CHECK(reason_of(authorize_against(nullptr, mo, admin, false)) == "outranked");
}

TEST_CASE("a refusal is a sentence for the person and says nothing of what they may not know") {
  for (const RightRow& row : right_table())
    for (const Role role : all<Role>())
      if (!has_right(role, row.right)) {
        const auto refused = authorize(role, row.right);
        CHECK(refused.error().reason == "role");
        CHECK(refused.error().message.ends_with('.'));
      }
  Room room = room_of(RoomKind::private_);
  room.name = "merger";
  CHECK(authorize(RoomAct::read, room, {}).error().message.find("merger") == std::string::npos);
}
