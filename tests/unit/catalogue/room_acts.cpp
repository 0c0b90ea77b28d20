#include "tests/unit/catalogue/acts.hpp"

namespace wardroom::testing {
namespace {

using audit::Type;

object ops(Stage& s, object more = {}) {
  more["room"] = s.room;
  return more;
}
object tom_in_ops(Stage& s, object more = {}) {
  more["user"] = s.tom.account.id.value;
  return ops(s, more);
}

// An act of the room's moderator on it.
std::function<void(Stage&)> lena(std::string method, object params) {
  return [method, params](Stage& s) { s.call(s.lena, method, ops(s, params)); };
}
// An act of hers on tom in it.
std::function<void(Stage&)> lena_on_tom(std::string method, object params) {
  return [method, params](Stage& s) { s.call(s.lena, method, tom_in_ops(s, params)); };
}
std::function<void(Stage&)> both(std::function<void(Stage&)> first, std::function<void(Stage&)> second) {
  return [first, second](Stage& s) {
    first(s);
    second(s);
  };
}

void open_direct(Stage& s) {
  s.call(s.lena, "direct.open", {{"users", {s.tom.account.id.value}}});
}
void end_direct(Stage& s) {
  const auto opened = s.call(s.lena, "direct.open", {{"users", {s.tom.account.id.value}}});
  s.call(s.lena, "direct.end", {{"room", opened.at("room").at("id")}});
}

}  // namespace

std::vector<Act> room_acts() {
  const auto lock = lena("room.lock", because({{"on", true}}));
  const auto mute = lena_on_tom("moderation.mute", because({{"seconds", 60}}));
  const auto ban = lena_on_tom("moderation.ban", because({{"seconds", 60}}));
  return {
      {Type::room_created, lena("room.update", {}), "lena", "room ops", true},
      {Type::room_created, open_direct, "lena", "room", true},
      {Type::room_renamed, lena("room.update", {{"name", "operations"}}), "lena", "room ops", true},
      {Type::room_topic_changed, lena("room.update", {{"topic", "the new printer"}}), "lena", "room ops",
       true},
      {Type::room_kind_changed, lena("room.update", {{"kind", "private"}}), "lena", "room ops", true},
      {Type::room_archived, lena("room.archive", because({{"on", true}})), "lena", "room ops", true},
      {Type::room_locked, lock, "lena", "room ops", true},
      {Type::room_unlocked, both(lock, lena("room.lock", because({{"on", false}}))), "lena", "room ops",
       true},
      {Type::room_slow_mode, lena("room.slow_mode", because({{"seconds", 30}})), "lena", "room ops", true},
      {Type::room_role_changed, lena_on_tom("room.set_role", {{"role", "moderator"}}), "lena", "user tom",
       true},
      {Type::room_direct_changed, end_direct, "lena", "room", true},
      {Type::room_member_added, lena("room.update", {}), "tom", "user tom", true},
      {Type::room_member_removed, lena_on_tom("room.remove_member", {}), "lena", "user tom", true},
      {Type::muted, mute, "lena", "user tom", true},
      {Type::unmuted, both(mute, lena_on_tom("moderation.unmute", {})), "lena", "user tom", true},
      {Type::kicked, lena_on_tom("moderation.kick", because()), "lena", "user tom", true},
      {Type::banned, ban, "lena", "user tom", true},
      {Type::unbanned, both(ban, lena_on_tom("moderation.unban", {})), "lena", "user tom", true},
  };
}

}  // namespace wardroom::testing
