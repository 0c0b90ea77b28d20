#include "tests/unit/rights/builders.hpp"

namespace wardroom::testing {
namespace {

using domain::Right;
using protocol::RoomKind;
using protocol::RoomRole;

Result<void> moderates_office(const Ground& g) {
  return g.rule(Right::moderate_office);
}

// The queue: of the office for its moderators and auditors, of their rooms for rooms' moderators.
Result<void> sees_reports(const Ground& g) {
  if (g.rule(Right::moderate_office) || g.rule(Right::read_audit)) return ok();
  const bool is_guest = g.situation.role == protocol::Role::guest;
  if (!is_guest && g.situation.membership == RoomRole::moderator && g.situation.kind != RoomKind::direct)
    return ok();
  return forbidden("not_a_moderator", "");
}

}  // namespace

std::vector<Case> moderation_cases() {
  return {
      {"moderation.mute", "in the room", member_with(because()), {}, {}},
      {"moderation.mute", "everywhere", person_with(because()), moderates_office, {}},
      {"moderation.unmute", "in the room", member_with(because()), {}, {}},
      {"moderation.unmute", "everywhere", person_with(because()), moderates_office, {}},
      {"moderation.kick", "", member_with(because()), {}, {}},
      {"moderation.ban", "", member_with(because()), {}, {}},
      {"moderation.unban", "", member_with(because()), {}, {}},
      {"moderation.sanctions", "of the room", the_room, {}, {}},
      {"moderation.sanctions", "of the office", nothing, moderates_office, {}},
      {"moderation.report", "", message_with(&Ground::theirs, because()), {}, {}},
      {"moderation.reports", "", nothing, sees_reports, {}},
      {"moderation.resolve",
       "",
       [](Ground&) {
         return because({{"report", 1'000'000}, {"resolution", "dismissed"}});
       },
       {},
       {"not_found"}},
  };
}

}  // namespace wardroom::testing
