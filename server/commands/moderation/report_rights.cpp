#include "server/commands/moderation/report_rights.hpp"

#include <set>

#include <boost/describe.hpp>
#include <boost/mp11.hpp>

#include "server/commands/room/entry.hpp"
#include "server/store/rooms.hpp"

namespace wardroom::commands {

using protocol::Role;

namespace {

bool moderates_office(Role role) {
  return domain::has_right(role, domain::Right::moderate_office);
}

}  // namespace

store::ReportScope scope_of(const realtime::Caller& caller) {
  return {caller.user,
          moderates_office(caller.role) || domain::has_right(caller.role, domain::Right::read_audit),
          caller.role == Role::admin};
}

Result<void> authorize_resolving(WriteContext& context, const store::ReportRow& report) {
  const auto& caller = context.caller();
  const auto scope = scope_of(caller);
  const Error unknown = not_found("There is no such report.");
  if (report.author == caller.user && !scope.own_messages) return unknown;
  if (moderates_office(caller.role)) return ok();
  const auto room = store::find_room(context.db(), report.room);
  if (room && domain::is_moderator(
                  *room, find_standing(context.db(), &*room, caller.user, caller.role, context.trusted())))
    return ok();
  return scope.whole_office ? forbidden("not_a_moderator", "Auditors read reports; moderators resolve them.")
                            : unknown;
}

std::vector<UserId> load_resolvers(WriteContext& context, const store::ReportRow& report) {
  std::set<UserId> told;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Role>>([&](auto role) {
    if (!moderates_office(role.value)) return;
    for (const UserId id : store::load_people_of_role(context.db(), role.value))
      if (id != report.author || role.value == Role::admin) told.insert(id);
  });
  for (const UserId id : store::load_room_moderators(context.db(), report.room))
    if (id != report.author) told.insert(id);
  told.erase(report.reporter);
  return {told.begin(), told.end()};
}

}  // namespace wardroom::commands
