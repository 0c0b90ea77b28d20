#include <algorithm>

#include "protocol/limits.hpp"
#include "server/commands/account/duties.hpp"
#include "server/commands/handlers.hpp"
#include "server/commands/room/announce.hpp"
#include "server/domain/names.hpp"
#include "server/store/profiles.hpp"
#include "server/store/second_factors.hpp"
#include "server/store/users.hpp"

namespace wardroom::commands {
namespace {

// As names of the IANA's list are written; whether it has this one, the client knows that shows the time.
bool looks_like_time_zone(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' ||
           c == '_' || c == '-' || c == '+';
  });
}

// Title, pronouns and time zone, as far as they are given.
Result<void> set_said(WriteContext& context, const AccountSetProfile::Params& params) {
  if (!params.title && !params.pronouns && !params.time_zone) return ok();
  const UserId user = context.caller().user;
  const auto before = store::load_profile(context.db(), user);
  auto said = before;
  const auto take = [](std::string& to, std::string_view field,
                       const std::optional<std::string>& text) -> Result<void> {
    if (!text) return ok();
    auto line = domain::check_line(field, *text, kMaxProfileBytes);
    if (!line) return line.error();
    to = std::move(*line);
    return ok();
  };
  if (auto taken = take(said.title, "params.title", params.title); !taken) return taken;
  if (auto taken = take(said.pronouns, "params.pronouns", params.pronouns); !taken) return taken;
  if (auto taken = take(said.time_zone, "params.time_zone", params.time_zone); !taken) return taken;
  if (!looks_like_time_zone(said.time_zone))
    return params_error("params.time_zone", "params.time_zone must be a name such as Europe/Berlin.");
  if (said != before) store::store_profile(context.db(), user, said);
  return ok();
}

}  // namespace

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

Result<UserProfile::Result> get_profile(ReadContext& context, const UserProfile::Params& params) {
  const auto& caller = context.caller();
  const auto row = store::find_user(context.db, params.user);
  const bool is_known = params.user == caller.user ||
                        domain::has_right(caller.role, domain::Right::use_directory) ||
                        store::share_a_room(context.db, caller.user, params.user);
  if (!row || !is_known) return not_found("There is no such person.");
  auto said = store::load_profile(context.db, params.user);
  if (said.status_until && *said.status_until <= context.trusted()) said.status.clear();
  const auto shown = [](std::string& text) {
    return text.empty() ? std::nullopt : std::optional(std::move(text));
  };
  const bool has_status = !said.status.empty();
  return UserProfile::Result{{row->user(), shown(said.title), shown(said.pronouns), shown(said.time_zone),
                              shown(said.status), has_status ? said.status_until : std::nullopt}};
}

Result<AccountSetProfile::Result> set_profile(WriteContext& context,
                                              const AccountSetProfile::Params& params) {
  const auto row = store::find_user(context.db(), context.caller().user);
  if (!row) return not_found("Your account is gone.");
  User user = row->user();
  auto display_name =
      domain::check_display_name("params.display_name", params.display_name.value_or(user.display_name));
  if (!display_name) return display_name.error();
  if (auto said = set_said(context, params); !said) return said.error();
  if (!params.display_name || user.display_name == *display_name) return AccountSetProfile::Result{user};
  rename_user(context, *row, *display_name, row->account.email);
  user.display_name = *display_name;
  return AccountSetProfile::Result{user};
}

}  // namespace wardroom::commands
