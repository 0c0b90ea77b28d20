#pragma once

#include <optional>
#include <string_view>

namespace wardroom::audit {

enum class Severity { info, notice, warning };

constexpr std::string_view name_of(Severity severity) {
  switch (severity) {
    case Severity::info:
      return "info";
    case Severity::notice:
      return "notice";
    case Severity::warning:
      return "warning";
  }
  return "info";
}

// Every type of audit record that the server writes. A changing command names the types that it writes in the
// command table; the tests perform each and look for its record.
#define WARDROOM_AUDIT_TYPES(X)                                                                              \
  X(login_ok, "auth.login.ok", info, "A person signed in with their password.")                              \
  X(login_fail, "auth.login.fail", warning, "A sign-in was refused; the reason says why.")                   \
  X(login_throttled, "auth.login.throttled", warning,                                                        \
    "A counted summary of further refusals from one source.")                                                \
  X(password_reset_issued, "auth.password.reset_issued", warning,                                            \
    "An administrator issued a one-use code for a new password.")                                            \
  X(password_reset_used, "auth.password.reset_used", notice,                                                 \
    "A person chose a new password with a reset code.")                                                      \
  X(password_change_asked, "auth.password.change_asked", notice,                                             \
    "An administrator asked for a new password.")                                                            \
  X(totp_enrolled, "auth.totp.enrolled", notice, "A person turned their second factor on.")                  \
  X(totp_removed, "auth.totp.removed", warning, "A second factor was taken away.")                           \
  X(totp_fail, "auth.totp.fail", warning,                                                                    \
    "A second factor was wrong or used twice; the password was right.")                                      \
  X(recovery_used, "auth.recovery.used", warning, "A recovery code was used in place of the app.")           \
  X(recovery_renewed, "auth.recovery.renewed", notice, "A person made new recovery codes.")                  \
  X(logout, "auth.logout", info, "A person signed out.")                                                     \
  X(password_changed, "auth.password.changed", notice, "A person changed their own password.")               \
  X(session_created, "session.created", info,                                                                \
    "A session was made; the record of the sign-in stands before it.")                                       \
  X(session_resumed, "session.resumed", info, "A session went on from another address or after a pause.")    \
  X(session_revoked, "session.revoked", notice, "A session was ended by somebody.")                          \
  X(session_expired, "session.expired", info, "A session was over by its age.")                              \
  X(user_created, "user.created", notice, "An account was made.")                                            \
  X(user_imported, "user.imported", info, "Accounts for the authors of imported messages were made.")        \
  X(user_renamed, "user.renamed", info, "A display name or an e-mail address changed.")                      \
  X(user_disabled, "user.disabled", warning, "An account was shut.")                                         \
  X(user_enabled, "user.enabled", warning, "An account was opened again.")                                   \
  X(user_removed, "user.deleted", warning, "An account whose person was never here was removed.")            \
  X(user_offboarded, "user.offboarded", warning,                                                             \
    "A person left the office: account shut, rooms handed over.")                                            \
  X(people_imported, "user.file_imported", notice, "Accounts were made from a file.")                        \
  X(people_import_undone, "user.file_import_undone", warning, "An import of people was undone.")             \
  X(user_role_changed, "user.role_changed", warning, "A person's role changed.")                             \
  X(invite_created, "invite.created", notice, "An invite link or a set-up code was made.")                   \
  X(invite_used, "invite.used", notice, "An invite link or a set-up code was used.")                         \
  X(invite_revoked, "invite.revoked", notice, "An invite link was made useless.")                            \
  X(room_created, "room.created", info, "A room was made.")                                                  \
  X(room_renamed, "room.renamed", notice, "A room's name changed.")                                          \
  X(room_topic_changed, "room.topic_changed", info, "A room's topic changed.")                               \
  X(room_kind_changed, "room.kind_changed", notice,                                                          \
    "A public room became private, or a private one public.")                                                \
  X(room_archived, "room.archived", notice, "A room was archived, or opened again.")                         \
  X(room_locked, "room.locked", notice, "A room was locked: only moderators may write.")                     \
  X(room_unlocked, "room.unlocked", notice, "A room was unlocked.")                                          \
  X(room_slow_mode, "room.slow_mode", notice, "A room's slow mode changed.")                                 \
  X(room_role_changed, "room.role_changed", notice, "A person became moderator of a room, or member again.") \
  X(room_direct_changed, "room.direct_changed", info,                                                        \
    "A direct room was asked for, accepted, declined or ended.")                                             \
  X(retention_changed, "room.retention_changed", warning,                                                    \
    "How long messages are kept was changed, for a room or a kind of room.")                                 \
  X(retention_applied, "room.retention_applied", notice, "Messages older than the rule were removed.")       \
  X(hold_placed, "retention.hold_placed", warning,                                                           \
    "A legal hold was placed: nothing of the person or room is removed.")                                    \
  X(hold_lifted, "retention.hold_lifted", warning, "A legal hold was lifted.")                               \
  X(room_member_added, "room.member_added", info, "A person came into a room.")                              \
  X(room_member_removed, "room.member_removed", info, "A person left a room.")                               \
  X(messages_committed, "messages.committed", info, "The Merkle root of the messages of one commit.")        \
  X(reactions_committed, "reactions.committed", info, "The Merkle root of the reactions of one commit.")     \
  X(message_deleted, "message.deleted", notice, "A message was deleted.")                                    \
  X(message_restored, "message.restored", notice, "A deleted message was brought back.")                     \
  X(message_pinned, "message.pinned", info, "A message was pinned, or its pin taken away.")                  \
  X(versions_read, "message.versions_read", notice,                                                          \
    "A moderator read the earlier texts of somebody's message.")                                             \
  X(file_uploaded, "file.uploaded", info,                                                                    \
    "All bytes of a file have come; the record holds its size and a commitment to the rest.")                \
  X(file_infected, "file.infected", warning,                                                                 \
    "The virus scanner found something in a file, which nobody got and which was removed.")                  \
  X(file_downloaded, "file.downloaded", info, "Bytes of a file were handed out.")                            \
  X(file_deleted, "file.deleted", notice,                                                                    \
    "A file that no message carries was taken away, by its person or after its time.")                       \
  X(muted, "moderation.muted", warning, "A person may not write, in one room or in all.")                    \
  X(unmuted, "moderation.unmuted", notice, "A person may write again.")                                      \
  X(kicked, "moderation.kicked", warning, "A person was taken out of a room.")                               \
  X(banned, "moderation.banned", warning, "A person was taken out of a room and kept out.")                  \
  X(unbanned, "moderation.unbanned", notice, "A banned person may come in again.")                           \
  X(report_filed, "moderation.report_filed", warning,                                                        \
    "A message was reported; the record holds the hash of the evidence.")                                    \
  X(report_resolved, "moderation.report_resolved", notice, "A report was resolved, or opened again.")        \
  X(reports_read, "moderation.reports_read", notice,                                                         \
    "Reported messages were read by somebody who isn't in their rooms.")                                     \
  X(messages_imported, "messages.imported", notice, "Messages of another system came into a room.")          \
  X(access_denied, "access.denied", warning,                                                                 \
    "A call was refused for lack of a right, of rank or of a place in the room.")                            \
  X(access_listed, "access.listed", notice,                                                                  \
    "Somebody looked through accounts, sessions, invites, imports, holds, or mutes and bans, or counted "    \
    "what a person wrote.")                                                                                  \
  X(private_room_read, "access.private_room_read", warning,                                                  \
    "An administrator read a room that they are not in; the record holds the query.")                        \
  X(private_rooms_searched, "access.admin_search", warning,                                                  \
    "Somebody searched rooms that they are not in; the record holds the query and what was shown.")          \
  X(export_created, "access.export_created", warning, "An export with the texts of messages was begun.")     \
  X(subject_exported, "privacy.subject_exported", warning, "What concerns one person was exported.")         \
  X(subject_erased, "privacy.subject_erased", warning, "Texts of one person were erased.")                   \
  X(server_initialised, "server.initialised", notice, "The data directory was made.")                        \
  X(server_started, "server.started", notice, "The server accepts connections.")                             \
  X(server_stopped, "server.stopped", notice, "The server stopped as it was asked to.")                      \
  X(server_recovered, "server.recovered_after_crash", warning,                                               \
    "The server had not been stopped before this start.")                                                    \
  X(certificate_renewed, "server.certificate_renewed", notice, "The server's certificate was renewed.")      \
  X(certificate_failed, "server.certificate_failed", warning,                                                \
    "The server's certificate could not be renewed.")                                                        \
  X(settings_changed, "settings.changed", warning,                                                           \
    "Options of wardroom.toml were changed, or differ at a start or reload.")                                \
  X(certificate_replaced, "server.certificate_replaced", warning,                                            \
    "An administrator put in a certificate that was made elsewhere.")                                        \
  X(authority_announced, "server.authority_announced", warning,                                              \
    "The office's authority vouched for the one that is to follow it.")                                      \
  X(authority_cancelled, "server.authority_cancelled", warning,                                              \
    "That an authority is to follow was taken back.")                                                        \
  X(authority_switched, "server.authority_switched", warning,                                                \
    "The next authority issues; the key of the one before was removed.")                                     \
  X(authority_retired, "server.authority_retired", warning,                                                  \
    "The authority before no longer vouches: PCs that know no other key are refused.")                       \
  X(announced, "announcement.made", notice, "Something was announced to everybody.")                         \
  X(announcement_ended, "announcement.ended", notice, "An announcement was ended before its time.")          \
  X(announcement_acknowledged, "announcement.acknowledged", info,                                            \
    "A person said that they have read an announcement.")                                                    \
  X(backup_begun, "server.backup_begun", notice, "A backup was begun; the copy ends with this record.")      \
  X(backup_created, "server.backup_created", notice, "A backup was written, or could not be.")               \
  X(backup_verified, "server.backup_verified", notice, "A backup was opened and checked.")                   \
  X(backup_rechecked, "server.backup_rechecked", notice,                                                     \
    "A backup was checked again, or its restore rehearsed, for an administrator.")                           \
  X(backup_restored, "server.backup_restored", warning, "The server goes on from a backup.")                 \
  X(integrity_checked, "server.integrity_checked", info, "The database and the log were checked.")           \
  X(disk_low, "server.disk_low", warning, "The disk is nearly full, or has room again.")                     \
  X(clock_jump, "server.clock_jump", warning, "The machine's clock was moved.")                              \
  X(clock_confirmed, "server.clock_confirmed", warning,                                                      \
    "A person on the server's machine said that its clock is right.")                                        \
  X(loss_accepted, "server.loss_accepted", warning,                                                          \
    "A person on the server's machine goes on with a log that doesn't extend its newest signed head.")       \
  X(audit_heartbeat, "audit.heartbeat", info, "The log was alive and this long.")                            \
  X(audit_queried, "audit.queried", info, "Somebody read the audit log; the record holds the query.")        \
  X(audit_exported, "audit.exported", warning, "Evidence was taken out of the log.")                         \
  X(audit_pruned, "audit.pruned", warning, "The lines of old records were removed; their hashes stay.")      \
  X(key_rotated, "audit.key_rotated", warning, "The key that signs the log's heads was replaced.")           \
  X(witness_added, "audit.witness_added", info,                                                              \
    "A device's key for cosigning heads of the log was made known.")                                         \
  X(head_accepted, "audit.head_accepted", warning,                                                           \
    "A person ended a PC's alarm: the PC goes on with another log than the one that it saw.")

enum class Type {
#define X(id, name, severity, meaning) id,
  WARDROOM_AUDIT_TYPES(X)
#undef X
};

struct TypeRow {
  Type type;
  std::string_view name;
  Severity severity;
  std::string_view meaning;
};

inline constexpr TypeRow kCatalogue[] = {
#define X(id, name, severity, meaning) {Type::id, name, Severity::severity, meaning},
    WARDROOM_AUDIT_TYPES(X)
#undef X
};

constexpr const TypeRow& catalogue_row(Type type) {
  return kCatalogue[static_cast<std::size_t>(type)];
}

}  // namespace wardroom::audit
