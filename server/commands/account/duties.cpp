#include "server/commands/account/duties.hpp"

#include <algorithm>

#include "protocol/events.hpp"
#include "server/store/rooms.hpp"
#include "server/store/second_factors.hpp"
#include "server/store/users.hpp"

namespace wardroom::commands {

bool requires_second_factor(const Settings& settings, protocol::Role role) {
  const auto& roles = settings.second_factor_roles;
  return std::find(roles.begin(), roles.end(), role) != roles.end();
}

realtime::Duties find_duties(sqlite::Connection& db, const Settings& settings, UserId user,
                             protocol::Role role, bool must_change_password) {
  return {must_change_password,
          requires_second_factor(settings, role) && !store::has_second_factor(db, user)};
}

bool works_despite_duties(std::string_view method) {
  return method.starts_with("account.") || method.starts_with("session.");
}

Error duty_error(const realtime::Duties& duties) {
  if (duties.change_password) return forbidden("must_change_password", "Choose a new password first.");
  return forbidden("must_enrol_second_factor",
                   "Your office asks for a second factor. Set up an authenticator app first.");
}

void publish_caller(WriteContext& context, UserId user) {
  const auto row = store::find_user(context.db(), user);
  if (!row) return;
  realtime::CallerChanged changed{user, row->account.role, {}, {}, {}};
  changed.duties =
      find_duties(context.db(), *context.services.settings.load(), user, row->account.role, row->must_change);
  if (!changed.duties.any()) changed.rooms = store::load_room_ids(context.db(), user);
  changed.frame = realtime::make_frame(protocol::compose_event(protocol::AccountChanged{
      row->user(), changed.duties.change_password, changed.duties.enrol_second_factor}));
  context.out.push_back(std::move(changed));
  if (row->account.role == protocol::Role::guest)
    context.out.push_back(realtime::ApartFrom{user, store::load_strangers(context.db(), user)});
}

}  // namespace wardroom::commands
