#include "server/commands/account/duties.hpp"
#include "server/commands/handlers.hpp"
#include "server/commands/room/announce.hpp"
#include "server/domain/names.hpp"
#include "server/store/second_factors.hpp"
#include "server/store/users.hpp"

namespace wardroom::commands {

Result<AccountGet::Result> get_account(ReadContext& context, const Empty&) {
  const auto row = store::find_user(context.db, context.caller().user);
  if (!row) return not_found("Your account is gone.");
  AccountGet::Result result{row->user(), row->account.email, row->account.created_at, row->must_change};
  result.second_factor = row->account.second_factor;
  result.second_factor_required =
      requires_second_factor(*context.services.settings.load(), row->account.role);
  result.recovery_codes_left = store::count_recovery_codes(context.db, row->account.id);
  return result;
}

Result<AccountSetProfile::Result> set_profile(WriteContext& context,
                                              const AccountSetProfile::Params& params) {
  auto display_name = domain::check_display_name("params.display_name", params.display_name);
  if (!display_name) return display_name.error();
  const auto row = store::find_user(context.db(), context.caller().user);
  if (!row) return not_found("Your account is gone.");
  User user = row->user();
  if (user.display_name == *display_name) return AccountSetProfile::Result{user};
  rename_user(context, *row, *display_name, row->account.email);
  user.display_name = *display_name;
  return AccountSetProfile::Result{user};
}

}  // namespace wardroom::commands
