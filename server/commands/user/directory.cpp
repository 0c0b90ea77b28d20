#include "protocol/limits.hpp"
#include "server/commands/handlers.hpp"
#include "server/commands/page_limit.hpp"
#include "server/store/users.hpp"

namespace wardroom::commands {

Result<UserGet::Result> get_users(ReadContext& context, const UserGet::Params& params) {
  if (params.users.size() > kMaxPage)
    return params_error("params.users", "Ask for at most 200 people at once.");
  UserGet::Result result{store::load_users(context.db, params.users)};
  const auto& caller = context.caller();
  if (!domain::has_right(caller.role, domain::Right::use_directory))
    std::erase_if(result.users, [&](const User& user) {
      return user.id != caller.user && !store::share_a_room(context.db, caller.user, user.id);
    });
  return result;
}

Result<UserList::Result> list_users(ReadContext& context, const UserList::Params& params) {
  const auto limit = check_limit(params.limit);
  if (!limit) return limit.error();
  UserList::Result result;
  result.users =
      store::load_directory(context.db, params.query.value_or(""), params.after.value_or(""), *limit + 1);
  result.more = trim_page(result.users, *limit);
  return result;
}

}  // namespace wardroom::commands
