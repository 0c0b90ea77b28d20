#include "server/commands/table/parts.hpp"

// What administrators do.
namespace wardroom::commands {
namespace {

const Unaudited kOnlyUploaded{"nothing comes of an upload until it is carried out, and that has its records"};

}  // namespace

std::vector<Command> admin_rows() {
  return make_part<AdminPart>(
      changes<AdminUserCreate, create_user>(only(Right::manage_people),
                                            {Type::user_created, Type::invite_created}),
      lists<AdminUserList, list_accounts>(only(Right::manage_people)),
      vital(changes<AdminUserUpdate, update_user>(
          only(Right::manage_people),
          {Type::user_renamed, Type::user_role_changed, Type::password_change_asked, Type::invite_revoked})),
      vital(changes<AdminUserDisable, disable_user>(
          only(Right::manage_people), {Type::user_disabled, Type::session_revoked, Type::invite_revoked})),
      vital(changes<AdminUserEnable, enable_user>(only(Right::manage_people), {Type::user_enabled})),
      vital(changes<AdminUserResetPassword, reset_password>(
          only(Right::manage_people),
          {Type::password_reset_issued, Type::session_revoked, Type::invite_revoked})),
      vital(changes<AdminUserOffboard, offboard_user>(
          only(Right::manage_people),
          {Type::user_offboarded, Type::user_disabled, Type::session_revoked, Type::room_member_removed,
           Type::room_member_added, Type::room_role_changed, Type::invite_revoked})),
      changes<AdminUserImportUpload, upload_people>(only(Right::manage_people), kOnlyUploaded),
      works_live<AdminUserImport, import_people>(
          only(Right::manage_people, 5),
          {Type::people_imported, Type::user_created, Type::room_member_added}),
      changes<AdminUserImportSheet, print_import_sheet>(only(Right::manage_people), {Type::invite_created}),
      changes<AdminUserImportUndo, undo_import>(
          only(Right::manage_people),
          {Type::people_import_undone, Type::user_removed, Type::room_member_removed}),
      lists<AdminUserImportList, list_imports>(only(Right::manage_people)),
      lists<AdminSessionList, list_sessions_of>(only(Right::manage_people)),
      vital(changes<AdminSessionRevoke, revoke_session_of>(only(Right::manage_people),
                                                           {Type::session_revoked})),
      vital(changes<AdminUserRemoveTotp, remove_totp_of>(only(Right::manage_people), {Type::totp_removed})),
      changes<AdminInviteCreate, create_invite>(only(Right::manage_people), {Type::invite_created}),
      lists<AdminInviteList, list_invites>(only(Right::manage_people)),
      vital(changes<AdminInviteRevoke, revoke_invite>(only(Right::manage_people), {Type::invite_revoked})),
      changes<AdminImportMessages, import_messages>(only(Right::import_messages),
                                                    {Type::messages_imported, Type::user_imported}),
      changes<AdminHoldPlace, place_hold>(only(Right::keep_records), {Type::hold_placed}),
      changes<AdminHoldLift, lift_hold>(only(Right::keep_records), {Type::hold_lifted}),
      lists<AdminHoldList, list_holds>(only(Right::read_audit)),
      reads<AdminRetentionGet, get_retention>(only(Right::read_audit)),
      changes<AdminRetentionSet, set_retention>(only(Right::keep_records), {Type::retention_changed}),
      reads<AdminRetentionPreview, preview_retention>(only(Right::keep_records, 5)),
      works_live<AdminAuditPrune, prune_audit>(only(Right::keep_records, 5), {Type::audit_pruned}),
      works_live<AdminEraseTexts, erase_texts>(only(Right::keep_records, 5),
                                               {Type::subject_erased, Type::access_listed}),
      vital(works_live<AdminAccessPrivateRoom, access_private_room>(only(Right::read_private_rooms),
                                                                    {Type::private_room_read})),
      vital(works_live<AdminSearchPrivateRooms, search_private_rooms>(only(Right::read_private_rooms, 5),
                                                                      {Type::private_rooms_searched})),
      changes<AdminAnnounce, announce>(only(Right::announce), {Type::announced}),
      changes<AdminAnnounceEnd, end_announcement>(only(Right::announce), {Type::announcement_ended}),
      lists<AdminAnnounceStatus, show_announcement_status>(only(Right::announce)),
      reads<AdminCertificateGet, show_certificates>(only(Right::manage_server)),
      changes<AdminCertificateRenew, renew_certificate>(only(Right::manage_server, 5),
                                                        {Type::certificate_renewed}),
      changes<AdminCertificateReplace, replace_certificate>(only(Right::manage_server, 5),
                                                            {Type::certificate_replaced}),
      changes<AdminCertificateAddName, add_certificate_name>(
          only(Right::manage_server, 5), {Type::settings_changed, Type::certificate_renewed}),
      works_live<AdminStats, show_stats>(only(Right::manage_server), {}),
      reads<AdminSettingsList, list_settings>(only(Right::manage_server)),
      changes<AdminSettingsSet, set_settings>(only(Right::manage_server, 5), {Type::settings_changed}),
      reads<AdminBackupList, list_backups>(only(Right::manage_server)),
      works_live<AdminBackupRun, run_backup>(
          only(Right::manage_server, 5), {Type::backup_begun, Type::backup_created, Type::backup_verified}),
      works_live<AdminBackupVerify, verify_backup>(only(Right::manage_server, 5), {Type::backup_rechecked}),
      works_live<AdminBackupRehearse, rehearse_restore>(only(Right::manage_server, 5),
                                                        {Type::backup_rechecked}));
}

}  // namespace wardroom::commands
