#pragma once

#include <boost/mp11.hpp>

#include "protocol/events.hpp"
#include "protocol/methods/account.hpp"
#include "protocol/methods/admin.hpp"
#include "protocol/methods/announcement.hpp"
#include "protocol/methods/audit.hpp"
#include "protocol/methods/audit_export.hpp"
#include "protocol/methods/backup.hpp"
#include "protocol/methods/certificate.hpp"
#include "protocol/methods/direct.hpp"
#include "protocol/methods/file.hpp"
#include "protocol/methods/message.hpp"
#include "protocol/methods/moderation.hpp"
#include "protocol/methods/people_import.hpp"
#include "protocol/methods/place.hpp"
#include "protocol/methods/privacy.hpp"
#include "protocol/methods/retention.hpp"
#include "protocol/methods/room.hpp"
#include "protocol/methods/search.hpp"
#include "protocol/methods/server_stats.hpp"
#include "protocol/methods/session.hpp"
#include "protocol/methods/settings.hpp"
#include "protocol/methods/thread.hpp"

// Every method and event of the wire. docs/protocol.md and rpc.discover are generated from it. v1 only grows.
namespace wardroom::protocol {

using Methods = boost::mp11::mp_list<
    SessionOpen, SessionResume, SessionClose, SessionList, SessionRevoke, AccountAcceptInvite, AccountGet,
    AccountSetProfile, AccountChangePassword, AccountTotpBegin, AccountTotpConfirm, AccountTotpRemove,
    UserGet, UserProfile, UserList, RoomList, RoomBrowse, RoomCreate, RoomUpdate, RoomJoin, RoomLeave,
    RoomMembers, RoomAddMember, RoomRemoveMember, RoomSetRole, RoomArchive, RoomLock, RoomSlowMode,
    DirectOpen, DirectAccept, DirectDecline, DirectEnd, MessagePost, MessageEdit, MessageDelete,
    MessageRestore, MessageReact, MessagePin, MessagePins, MessageVersions, MessageHistory, MessageChanges,
    MessageSearch, MessageThread, MessageSeenBy, ThreadList, ThreadFollow, ThreadMarkRead, SavedSet,
    SavedList, DraftSet, DraftList, SidebarGet, SidebarSet, FileList, MarkerSet, PresenceSet, PresenceWatch,
    TypingSend, AnnouncementGet, AnnouncementAcknowledge, ModerationMute, ModerationUnmute, ModerationKick,
    ModerationBan, ModerationUnban, ModerationSanctions, ModerationReport, ModerationReports,
    ModerationResolve, AdminUserCreate, AdminUserList, AdminUserUpdate, AdminUserDisable, AdminUserEnable,
    AdminUserResetPassword, AdminUserOffboard, AdminUserImportUpload, AdminUserImport, AdminUserImportSheet,
    AdminUserImportUndo, AdminUserImportList, AdminSessionList, AdminSessionRevoke, AdminUserRemoveTotp,
    AdminInviteCreate, AdminInviteList, AdminInviteRevoke, AdminImportMessages, AdminHoldPlace, AdminHoldLift,
    AdminHoldList, AdminRetentionGet, AdminRetentionSet, AdminRetentionPreview, AdminAuditPrune,
    AdminEraseTexts, AdminAccessPrivateRoom, AdminSearchPrivateRooms, AdminAnnounce, AdminAnnounceEnd,
    AdminAnnounceStatus, AdminCertificateGet, AdminCertificateRenew, AdminCertificateReplace,
    AdminCertificateAddName, AdminStats, AdminSettingsList, AdminSettingsSet, AdminBackupList, AdminBackupRun,
    AdminBackupVerify, AdminBackupRehearse, AuditQuery, AuditCheckpoint, AuditProof, AuditConsistency,
    AuditAddWitness, AuditCosign, AuditAcceptHead, AuditRotateKey, AuditExport, AuditExportPage,
    AuditExportFile, RpcDiscover>;

using Events = boost::mp11::mp_list<
    MessagePosted, MessageEdited, MessageDeleted, MessageRestored, MessageReacted, MessagePinned, RoomCreated,
    RoomUpdated, RoomArchived, RoomTrimmed, DirectChanged, MemberJoined, MemberLeft, MemberChanged,
    ModerationApplied, ReportFiled, ReportResolved, AccountChanged, MarkerMoved, MentionCounted,
    ThreadChanged, ThreadFollowed, SavedChanged, DraftChanged, SidebarChanged, PresenceChanged, Typing,
    SessionRevoked, ServerNotice, AnnouncementChanged, AnnouncementAcknowledged, AuditCheckpointSigned>;

}  // namespace wardroom::protocol
