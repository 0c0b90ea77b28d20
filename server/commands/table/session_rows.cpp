#include "server/commands/table/parts.hpp"

// How people come in, and their own accounts.
namespace wardroom::commands {

std::vector<Command> session_rows() {
  return make_part<SessionPart>(
      vital(works_live<SessionOpen, open_session>(kWayIn, {Type::login_ok, Type::login_fail, Type::totp_fail,
                                                           Type::recovery_used, Type::session_created})),
      works_live<SessionResume, resume_session>(kNewSocket, {Type::session_resumed}),
      vital(changes<SessionClose, close_session>(kSignedIn, {Type::logout})),
      reads<SessionList, list_sessions>(kSignedIn),
      vital(changes<SessionRevoke, revoke_own_sessions>(kSignedIn, {Type::session_revoked})),
      vital(works_live<AccountAcceptInvite, accept_invite>(
          kWayIn, {Type::invite_used, Type::password_reset_used, Type::user_created, Type::user_renamed,
                   Type::totp_fail, Type::recovery_used, Type::session_created})),
      reads<AccountGet, get_account>(kSignedIn),
      changes<AccountSetProfile, set_profile>(kSignedIn, {Type::user_renamed}),
      vital(works_live<AccountChangePassword, change_password>(
          kHashing, {Type::password_changed, Type::session_revoked})),
      vital(works_live<AccountTotpBegin, begin_totp>(kHashing, {})),
      vital(changes<AccountTotpConfirm, confirm_totp>(
          kSignedIn, {Type::totp_enrolled, Type::recovery_renewed, Type::totp_fail})),
      works_live<AccountTotpRemove, remove_totp>(kHashing,
                                                 {Type::totp_removed, Type::totp_fail, Type::recovery_used}),
      reads<UserGet, get_users>(kSignedIn), reads<UserProfile, get_profile>(kSignedIn),
      reads<UserList, list_users>(only(Right::use_directory)));
}

}  // namespace wardroom::commands
