#include "server/commands/command_table.hpp"

#include <unordered_map>

#include "server/commands/handlers.hpp"

namespace wardroom::commands {
namespace {

using audit::Type;
using domain::Right;
using domain::RoomAct;

constexpr Gate kWayIn{Door::way_in, std::nullopt, 5};  // hashing is dear
constexpr Gate kNewSocket{Door::resuming, std::nullopt, 1};
constexpr Gate kSignedIn{};
constexpr Gate kSocket{Door::socket};
constexpr Gate kHashing{Door::signed_in, std::nullopt, 5};
constexpr Gate only(Right right, double cost = 1) {
  return {Door::signed_in, right, cost};
}
constexpr Gate in_room(RoomAct act) {
  return {Door::signed_in, std::nullopt, 1, act};
}

const Unaudited kPersonal{"concerns only how the person sees their rooms"};
const Unaudited kCommitted{"the commit group's record messages.committed binds it in"};

const Unaudited kSeenByAll{"everybody in the room sees whose reaction it is, and there is no text in it"};

const Unaudited kOnlyUploaded{"nothing comes of an upload until it is carried out, and that has its records"};

template <class... Methods>
std::vector<Command> make_table(Row<Methods>... rows) {
  static_assert(std::is_same_v<boost::mp11::mp_list<Methods...>, protocol::Methods>,
                "The command table needs one row for each method of protocol/catalogue.hpp, in its order.");
  return {std::move(rows)...};
}

// One row a method, in the order of the catalogue.
std::vector<Command> make_rows() {
  return make_table(
      works_live<SessionOpen, open_session>(kWayIn, {Type::login_ok, Type::login_fail, Type::totp_fail,
                                                     Type::recovery_used, Type::session_created}),
      works_live<SessionResume, resume_session>(kNewSocket, {Type::session_resumed}),
      changes<SessionClose, close_session>(kSignedIn, {Type::logout}),
      reads<SessionList, list_sessions>(kSignedIn),
      changes<SessionRevoke, revoke_own_sessions>(kSignedIn, {Type::session_revoked}),

      works_live<AccountAcceptInvite, accept_invite>(
          kWayIn, {Type::invite_used, Type::password_reset_used, Type::user_created, Type::totp_fail,
                   Type::recovery_used, Type::session_created}),
      reads<AccountGet, get_account>(kSignedIn),
      changes<AccountSetProfile, set_profile>(kSignedIn, {Type::user_renamed}),
      works_live<AccountChangePassword, change_password>(kHashing,
                                                         {Type::password_changed, Type::session_revoked}),
      works_live<AccountTotpBegin, begin_totp>(kHashing, {}),
      changes<AccountTotpConfirm, confirm_totp>(
          kSignedIn, {Type::totp_enrolled, Type::recovery_renewed, Type::totp_fail}),
      works_live<AccountTotpRemove, remove_totp>(kHashing,
                                                 {Type::totp_removed, Type::totp_fail, Type::recovery_used}),

      reads<UserGet, get_users>(kSignedIn), reads<UserList, list_users>(only(Right::use_directory)),

      reads<RoomList, list_rooms>(kSignedIn), reads<RoomBrowse, browse_rooms>(only(Right::browse_rooms)),
      changes<RoomCreate, create_room>(only(Right::create_rooms), {Type::room_created}),
      changes<RoomUpdate, update_room>(in_room(RoomAct::update),
                                       {Type::room_renamed, Type::room_topic_changed}),
      changes<RoomJoin, join_room>(in_room(RoomAct::join), {Type::room_member_added}),
      changes<RoomLeave, leave_room>(in_room(RoomAct::leave), {Type::room_member_removed}),
      reads<RoomMembers, list_members>(in_room(RoomAct::read)),
      // Bringing people in takes knowing them: guests don't.
      changes<RoomAddMember, add_member>({Door::signed_in, Right::use_directory, 1, RoomAct::add_member},
                                         {Type::room_member_added}),
      changes<RoomRemoveMember, take_out_member>(in_room(RoomAct::remove_member),
                                                 {Type::room_member_removed}),
      changes<RoomSetRole, set_room_role>(in_room(RoomAct::set_role), {Type::room_role_changed}),
      changes<RoomArchive, archive_room>(in_room(RoomAct::archive), {Type::room_archived}),
      changes<RoomLock, lock_room>(in_room(RoomAct::lock), {Type::room_locked, Type::room_unlocked}),
      changes<RoomSlowMode, set_slow_mode>(in_room(RoomAct::slow_mode), {Type::room_slow_mode}),
      changes<DirectOpen, open_direct>(kSignedIn, {Type::room_created, Type::room_direct_changed}),
      changes<DirectAccept, accept_direct>(in_room(RoomAct::answer), {Type::room_direct_changed}),
      changes<DirectDecline, decline_direct>(in_room(RoomAct::answer), {Type::room_direct_changed}),
      changes<DirectEnd, end_direct>(in_room(RoomAct::end), {Type::room_direct_changed}),

      changes<MessagePost, post_message>(in_room(RoomAct::post), kCommitted),
      changes<MessageEdit, edit_message>(in_room(RoomAct::edit), kCommitted),
      changes<MessageDelete, delete_message>(in_room(RoomAct::delete_own), {Type::message_deleted}),
      changes<MessageRestore, restore_message>(in_room(RoomAct::delete_own), {Type::message_restored}),
      changes<MessageReact, react_to_message>(in_room(RoomAct::react), kSeenByAll),
      changes<MessagePin, pin_message>(in_room(RoomAct::pin), {Type::message_pinned}),
      reads<MessagePins, read_pins>(in_room(RoomAct::read)),
      changes<MessageVersions, read_versions>(in_room(RoomAct::read), {Type::versions_read}),
      reads<MessageHistory, read_history>(in_room(RoomAct::read)),
      reads<MessageChanges, read_changes>(in_room(RoomAct::read)),
      changes<MarkerSet, set_marker>(in_room(RoomAct::mark), kPersonal),
      works_live<PresenceSet, set_presence>(kSignedIn, {}),
      works_live<PresenceWatch, watch_presence>(kSocket, {}),
      reads<TypingSend, send_typing>({Door::socket, std::nullopt, 1, RoomAct::type}),

      changes<ModerationMute, mute_person>(in_room(RoomAct::mute), {Type::muted}),
      changes<ModerationUnmute, unmute_person>(in_room(RoomAct::mute), {Type::unmuted}),
      changes<ModerationKick, kick_person>(in_room(RoomAct::kick), {Type::kicked, Type::room_member_removed}),
      changes<ModerationBan, ban_person>(in_room(RoomAct::ban), {Type::banned, Type::room_member_removed}),
      changes<ModerationUnban, unban_person>(in_room(RoomAct::ban), {Type::unbanned}),
      reads<ModerationSanctions, list_sanctions>(in_room(RoomAct::see_sanctions)),
      changes<ModerationReport, report_message>(in_room(RoomAct::report), {Type::report_filed}),
      works_live<ModerationReports, list_reports>(kSignedIn, {Type::reports_read}),
      changes<ModerationResolve, resolve_report>(kSignedIn, {Type::report_resolved}),

      changes<AdminUserCreate, create_user>(only(Right::manage_people),
                                            {Type::user_created, Type::invite_created}),
      reads<AdminUserList, list_accounts>(only(Right::manage_people)),
      changes<AdminUserUpdate, update_user>(
          only(Right::manage_people),
          {Type::user_renamed, Type::user_role_changed, Type::password_change_asked}),
      changes<AdminUserDisable, disable_user>(only(Right::manage_people),
                                              {Type::user_disabled, Type::session_revoked}),
      changes<AdminUserEnable, enable_user>(only(Right::manage_people), {Type::user_enabled}),
      changes<AdminUserResetPassword, reset_password>(only(Right::manage_people),
                                                      {Type::password_reset_issued, Type::session_revoked}),
      changes<AdminUserOffboard, offboard_user>(
          only(Right::manage_people),
          {Type::user_offboarded, Type::user_disabled, Type::session_revoked, Type::room_member_removed,
           Type::room_member_added, Type::room_role_changed}),
      changes<AdminUserImportUpload, upload_people>(only(Right::manage_people), kOnlyUploaded),
      works_live<AdminUserImport, import_people>(
          only(Right::manage_people, 5),
          {Type::people_imported, Type::user_created, Type::room_member_added}),
      changes<AdminUserImportSheet, print_import_sheet>(only(Right::manage_people), {Type::invite_created}),
      changes<AdminUserImportUndo, undo_import>(
          only(Right::manage_people),
          {Type::people_import_undone, Type::user_removed, Type::room_member_removed}),
      reads<AdminUserImportList, list_imports>(only(Right::manage_people)),
      reads<AdminSessionList, list_sessions_of>(only(Right::manage_people)),
      changes<AdminSessionRevoke, revoke_session_of>(only(Right::manage_people), {Type::session_revoked}),
      changes<AdminUserRemoveTotp, remove_totp_of>(only(Right::manage_people), {Type::totp_removed}),
      changes<AdminInviteCreate, create_invite>(only(Right::manage_people), {Type::invite_created}),
      reads<AdminInviteList, list_invites>(only(Right::manage_people)),
      changes<AdminInviteRevoke, revoke_invite>(only(Right::manage_people), {Type::invite_revoked}),
      changes<AdminImportMessages, import_messages>(only(Right::import_messages),
                                                    {Type::messages_imported, Type::user_imported}),

      works_live<AuditQuery, query_audit>(only(Right::read_audit), {Type::audit_queried}),
      works_live<RpcDiscover, discover>({Door::open, std::nullopt, 5}, {}));
}

}  // namespace

const std::vector<Command>& command_table() {
  static const std::vector<Command> table = make_rows();
  return table;
}

const Command* find_command(std::string_view method) {
  static const auto index = [] {
    std::unordered_map<std::string_view, const Command*> map;
    for (const auto& command : command_table()) map.emplace(command.method, &command);
    return map;
  }();
  const auto found = index.find(method);
  return found == index.end() ? nullptr : found->second;
}

}  // namespace wardroom::commands
