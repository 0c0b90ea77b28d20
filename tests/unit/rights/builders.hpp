#pragma once

#include "tests/unit/rights/cases.hpp"

// What the cases' parameters are made of.
namespace wardroom::testing {

using boost::json::object;

inline object nothing(Ground&) {
  return {};
}
inline object the_room(Ground& g) {
  return {{"room", g.room.value}};
}
// The params of a method about the room, with more fields.
inline auto room_with(object more) {
  return [more](Ground& g) {
    object params = more;
    params["room"] = g.room.value;
    return params;
  };
}
// About one message: the bystander's, the caller's own, or the bystander's that a moderator deleted.
inline auto message_with(Seq Ground::*which, object more) {
  return [which, more](Ground& g) {
    object params = more;
    params["room"] = g.room.value;
    params["seq"] = (g.*which).value;
    return params;
  };
}
// About the bystander, who is in the room.
inline auto member_with(object more) {
  return [more](Ground& g) {
    object params = more;
    params["room"] = g.room.value;
    params["user"] = g.bystander.id.value;
    return params;
  };
}
// About somebody on whom nothing else in the situation depends.
inline auto person_with(object more) {
  return [more](Ground& g) {
    object params = more;
    params["user"] = g.outsider.id.value;
    return params;
  };
}

inline object because() {
  return {{"reason", "because"}};
}
inline object because(object more) {
  more["reason"] = "because";
  return more;
}

std::vector<Case> account_cases();
std::vector<Case> room_cases();
std::vector<Case> message_cases();
std::vector<Case> moderation_cases();
std::vector<Case> admin_cases();

}  // namespace wardroom::testing
