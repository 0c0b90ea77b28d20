#pragma once

#include "protocol/catalogue.hpp"
#include "server/commands/context.hpp"
#include "server/domain/rights.hpp"

// Every handler, by subject. A file holds one act of a subject: a method alone (message/post), or an act with
// what undoes it and what shows it (moderation/mute, retention/holds). The first parameter says on which
// thread a handler runs.
namespace wardroom::commands {

using namespace protocol;

void open_session(LiveContext&, SessionOpen::Params, Reply<SessionOpen>);
void resume_session(LiveContext&, SessionResume::Params, Reply<SessionResume>);
Result<Empty> close_session(WriteContext&, const Empty&);
Result<SessionList::Result> list_sessions(ReadContext&, const Empty&);
Result<SessionsEnded> revoke_own_sessions(WriteContext&, const SessionRevoke::Params&);

void accept_invite(LiveContext&, AccountAcceptInvite::Params, Reply<AccountAcceptInvite>);
Result<AccountGet::Result> get_account(ReadContext&, const Empty&);
Result<AccountSetProfile::Result> set_profile(WriteContext&, const AccountSetProfile::Params&);
void change_password(LiveContext&, AccountChangePassword::Params, Reply<AccountChangePassword>);
void begin_totp(LiveContext&, AccountTotpBegin::Params, Reply<AccountTotpBegin>);
Result<AccountTotpConfirm::Result> confirm_totp(WriteContext&, const AccountTotpConfirm::Params&);
void remove_totp(LiveContext&, AccountTotpRemove::Params, Reply<AccountTotpRemove>);

Result<UserGet::Result> get_users(ReadContext&, const UserGet::Params&);
Result<UserProfile::Result> get_profile(ReadContext&, const UserProfile::Params&);
Result<UserList::Result> list_users(ReadContext&, const UserList::Params&);

Result<RoomList::Result> list_rooms(ReadContext&, const Empty&);
Result<RoomBrowse::Result> browse_rooms(ReadContext&, const RoomBrowse::Params&);
Result<RoomResult> create_room(WriteContext&, const RoomCreate::Params&);
Result<RoomResult> update_room(WriteContext&, const RoomUpdate::Params&);
Result<RoomResult> join_room(WriteContext&, const RoomParams&);
Result<Empty> leave_room(WriteContext&, const RoomParams&);
Result<Empty> add_member(WriteContext&, const RoomAddMember::Params&);
Result<Empty> take_out_member(WriteContext&, const RoomRemoveMember::Params&);
Result<Empty> set_room_role(WriteContext&, const RoomSetRole::Params&);
Result<RoomResult> archive_room(WriteContext&, const RoomArchive::Params&);
Result<RoomResult> lock_room(WriteContext&, const RoomLock::Params&);
Result<RoomResult> set_slow_mode(WriteContext&, const RoomSlowMode::Params&);
Result<RoomMembers::Result> list_members(ReadContext&, const RoomParams&);
Result<RoomResult> open_direct(WriteContext&, const DirectOpen::Params&);
Result<RoomResult> accept_direct(WriteContext&, const RoomParams&);
Result<Empty> decline_direct(WriteContext&, const RoomParams&);
Result<Empty> end_direct(WriteContext&, const RoomParams&);

Result<MessagePost::Result> post_message(WriteContext&, const MessagePost::Params&);
Result<MessageChanged> edit_message(WriteContext&, const MessageEdit::Params&);
Result<MessageChanged> delete_message(WriteContext&, const MessageDelete::Params&);
Result<MessageChanged> restore_message(WriteContext&, const MessageRestore::Params&);
Result<MessageChanged> react_to_message(WriteContext&, const MessageReact::Params&);
Result<MessageChanged> pin_message(WriteContext&, const MessagePin::Params&);
Result<MessagePins::Result> read_pins(ReadContext&, const MessagePins::Params&);
Result<MessageVersions::Result> read_versions(WriteContext&, const MessageVersions::Params&);
Result<FileList::Result> list_files(ReadContext&, const FileList::Params&);
Result<MessageHistory::Result> read_history(ReadContext&, const MessageHistory::Params&);
Result<MessageChanges::Result> read_changes(ReadContext&, const MessageChanges::Params&);
void search_messages(LiveContext&, MessageSearch::Params, Reply<MessageSearch>);
Result<MessageThread::Result> read_thread(ReadContext&, const MessageThread::Params&);
Result<MessageSeenBy::Result> read_seen_by(ReadContext&, const MessageSeenBy::Params&);
Result<ThreadList::Result> list_threads(ReadContext&, const ThreadList::Params&);
Result<ThreadFollow::Result> follow_thread(WriteContext&, const ThreadFollow::Params&);
Result<ThreadMarkRead::Result> mark_thread_read(WriteContext&, const ThreadMarkRead::Params&);
Result<Empty> set_saved(WriteContext&, const SavedSet::Params&);
Result<SavedList::Result> list_saved(ReadContext&, const SavedList::Params&);
Result<DraftSet::Result> set_draft(WriteContext&, const DraftSet::Params&);
Result<DraftList::Result> list_drafts(ReadContext&, const Empty&);
Result<SidebarGet::Result> get_sidebar(ReadContext&, const Empty&);
Result<SidebarSet::Result> set_sidebar(WriteContext&, const SidebarSet::Params&);
Result<Empty> set_marker(WriteContext&, const MarkerSet::Params&);

void set_presence(LiveContext&, PresenceSet::Params, Reply<PresenceSet>);
void watch_presence(LiveContext&, PresenceWatch::Params, Reply<PresenceWatch>);
Result<Empty> send_typing(ReadContext&, const RoomParams&);
Result<AnnouncementGet::Result> get_announcement(ReadContext&, const Empty&);
Result<Empty> acknowledge_announcement(WriteContext&, const AnnouncementAcknowledge::Params&);

Result<SanctionResult> mute_person(WriteContext&, const ModerationMute::Params&);
Result<Empty> unmute_person(WriteContext&, const ModerationUnmute::Params&);
Result<Empty> kick_person(WriteContext&, const ModerationKick::Params&);
Result<SanctionResult> ban_person(WriteContext&, const ModerationBan::Params&);
Result<Empty> unban_person(WriteContext&, const ModerationUnban::Params&);
Result<ModerationSanctions::Result> list_sanctions(ReadContext&, const ModerationSanctions::Params&);
Result<ModerationReport::Result> report_message(WriteContext&, const ModerationReport::Params&);
void list_reports(LiveContext&, ModerationReports::Params, Reply<ModerationReports>);
Result<Empty> resolve_report(WriteContext&, const ModerationResolve::Params&);

Result<AdminUserCreate::Result> create_user(WriteContext&, const AdminUserCreate::Params&);
Result<AdminUserList::Result> list_accounts(ReadContext&, const AdminUserList::Params&);
Result<AccountResult> update_user(WriteContext&, const AdminUserUpdate::Params&);
Result<AccountResult> disable_user(WriteContext&, const AdminUserDisable::Params&);
Result<AccountResult> enable_user(WriteContext&, const UserParams&);
Result<AdminUserResetPassword::Result> reset_password(WriteContext&, const AdminUserResetPassword::Params&);
Result<AdminUserOffboard::Result> offboard_user(WriteContext&, const AdminUserOffboard::Params&);
Result<AdminUserImportUpload::Result> upload_people(WriteContext&, const AdminUserImportUpload::Params&);
void import_people(LiveContext&, AdminUserImport::Params, Reply<AdminUserImport>);
Result<AdminUserImportSheet::Result> print_import_sheet(WriteContext&, const AdminUserImportSheet::Params&);
Result<AdminUserImportUndo::Result> undo_import(WriteContext&, const AdminUserImportUndo::Params&);
Result<AdminUserImportList::Result> list_imports(ReadContext&, const Empty&);
Result<AdminSessionList::Result> list_sessions_of(ReadContext&, const AdminSessionList::Params&);
Result<SessionsEnded> revoke_session_of(WriteContext&, const AdminSessionRevoke::Params&);
Result<AccountResult> remove_totp_of(WriteContext&, const AdminUserRemoveTotp::Params&);
Result<AdminInviteCreate::Result> create_invite(WriteContext&, const AdminInviteCreate::Params&);
Result<AdminInviteList::Result> list_invites(ReadContext&, const Empty&);
Result<Empty> revoke_invite(WriteContext&, const AdminInviteRevoke::Params&);
Result<AdminImportMessages::Result> import_messages(WriteContext&, const AdminImportMessages::Params&);

Result<AdminHoldPlace::Result> place_hold(WriteContext&, const AdminHoldPlace::Params&);
Result<Empty> lift_hold(WriteContext&, const AdminHoldLift::Params&);
Result<AdminHoldList::Result> list_holds(ReadContext&, const Empty&);
Result<AdminRetentionGet::Result> get_retention(ReadContext&, const Empty&);
Result<AdminRetentionSet::Result> set_retention(WriteContext&, const AdminRetentionSet::Params&);
Result<AdminRetentionPreview::Result> preview_retention(ReadContext&, const AdminRetentionPreview::Params&);
void prune_audit(LiveContext&, AdminAuditPrune::Params, Reply<AdminAuditPrune>);
void erase_texts(LiveContext&, AdminEraseTexts::Params, Reply<AdminEraseTexts>);
void access_private_room(LiveContext&, AdminAccessPrivateRoom::Params, Reply<AdminAccessPrivateRoom>);
void search_private_rooms(LiveContext&, AdminSearchPrivateRooms::Params, Reply<AdminSearchPrivateRooms>);
Result<AdminAnnounce::Result> announce(WriteContext&, const AdminAnnounce::Params&);
Result<Empty> end_announcement(WriteContext&, const Empty&);
Result<AdminAnnounceStatus::Result> show_announcement_status(ReadContext&,
                                                             const AdminAnnounceStatus::Params&);
Result<CertificateState> show_certificates(ReadContext&, const Empty&);
Result<CertificateState> renew_certificate(WriteContext&, const Empty&);
Result<CertificateState> replace_certificate(WriteContext&, const AdminCertificateReplace::Params&);
Result<CertificateState> add_certificate_name(WriteContext&, const AdminCertificateAddName::Params&);
void show_stats(LiveContext&, Empty, Reply<AdminStats>);
Result<AdminSettingsList::Result> list_settings(ReadContext&, const Empty&);
Result<AdminSettingsSet::Result> set_settings(WriteContext&, const AdminSettingsSet::Params&);
Result<AdminBackupList::Result> list_backups(ReadContext&, const Empty&);
void run_backup(LiveContext&, Empty, Reply<AdminBackupRun>);
void verify_backup(LiveContext&, BackupParams, Reply<AdminBackupVerify>);
void rehearse_restore(LiveContext&, BackupParams, Reply<AdminBackupRehearse>);

Result<AuditCheckpoint::Result> show_head(ReadContext&, const Empty&);
Result<AuditProof::Result> prove_records(ReadContext&, const AuditProof::Params&);
Result<AuditConsistency::Result> prove_consistency(ReadContext&, const AuditConsistency::Params&);
Result<Empty> add_witness(WriteContext&, const AuditAddWitness::Params&);
Result<Empty> cosign_head(WriteContext&, const AuditCosign::Params&);
Result<Empty> accept_head(WriteContext&, const AuditAcceptHead::Params&);
Result<AuditRotateKey::Result> rotate_key(WriteContext&, const AuditRotateKey::Params&);
void export_evidence(LiveContext&, AuditExport::Params, Reply<AuditExport>);
Result<AuditExportPage::Result> read_export_page(ReadContext&, const AuditExportPage::Params&);
Result<AuditExportFile::Result> read_export_file(ReadContext&, const AuditExportFile::Params&);
void query_audit(LiveContext&, AuditQuery::Params, Reply<AuditQuery>);
void discover(LiveContext&, Empty, Reply<RpcDiscover>);

}  // namespace wardroom::commands
