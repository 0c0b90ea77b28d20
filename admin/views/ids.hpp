#pragma once

#include <string_view>

// The ids of everything that can be pressed or typed into in the console, beside desk/views' own. Tests click
// by them.
namespace wardroom::admin::views::ids {

inline constexpr std::string_view kSignInTab = "signin.tab";  // 0: invite link, 1: address
inline constexpr std::string_view kSignInLink = "signin.link";
inline constexpr std::string_view kSignInAddress = "signin.address";
inline constexpr std::string_view kSignInFingerprint = "signin.fingerprint";
inline constexpr std::string_view kSignInName = "signin.name";
inline constexpr std::string_view kSignInPassword = "signin.password";
inline constexpr std::string_view kSignInCode = "signin.code";
inline constexpr std::string_view kSignInNewPassword = "signin.new_password";
inline constexpr std::string_view kSignInRepeat = "signin.repeat";
inline constexpr std::string_view kSignInContinue = "signin.continue";
inline constexpr std::string_view kSignInOther = "signin.other_server";

inline constexpr std::string_view kPage = "page";  // numbered by Page
inline constexpr std::string_view kSignOut = "page.sign_out";
inline constexpr std::string_view kBanner = "banner";

inline constexpr std::string_view kSaveCsv = "list.save";  // on every page that has a list
inline constexpr std::string_view kCsv = "csv";
inline constexpr std::string_view kCsvPath = "csv.path";
inline constexpr std::string_view kCsvBrowse = "csv.browse";
inline constexpr std::string_view kHelp = "help";
inline constexpr std::string_view kHelpClose = "help.close";

inline constexpr std::string_view kPeopleQuery = "people.query";
inline constexpr std::string_view kPeopleRole = "people.role";
inline constexpr std::string_view kPeopleState = "people.state";
inline constexpr std::string_view kPeopleAdd = "people.add";
inline constexpr std::string_view kPeopleInvite = "people.invite";
inline constexpr std::string_view kPeopleImport = "people.import";
inline constexpr std::string_view kPeopleTable = "people.table";
inline constexpr std::string_view kBulkLock = "bulk.lock";
inline constexpr std::string_view kBulkSignOut = "bulk.sign_out";
inline constexpr std::string_view kBulkRole = "bulk.role";
inline constexpr std::string_view kBulkPassword = "bulk.ask_password";
inline constexpr std::string_view kBulkNone = "bulk.select_none";
inline constexpr std::string_view kBulk = "bulk";
inline constexpr std::string_view kBulkRow = "bulk.row";  // numbered by the person
inline constexpr std::string_view kBulkDone = "bulk.done";
inline constexpr std::string_view kPersonInvite = "person.invite";
inline constexpr std::string_view kPersonRole = "person.role";
inline constexpr std::string_view kPersonDisable = "person.disable";
inline constexpr std::string_view kPersonEnable = "person.enable";
inline constexpr std::string_view kPersonEdit = "person.edit";
inline constexpr std::string_view kPersonReset = "person.reset_password";
inline constexpr std::string_view kPersonAskPassword = "person.ask_password";
inline constexpr std::string_view kPersonFactor = "person.remove_factor";
inline constexpr std::string_view kPersonLeaver = "person.leaver";
inline constexpr std::string_view kPersonEndSession = "person.end_session";  // numbered by the session
inline constexpr std::string_view kPersonLift = "person.lift";               // numbered in their order
inline constexpr std::string_view kPersonEndAll = "person.end_all";
inline constexpr std::string_view kPersonSessions = "person.sessions";

inline constexpr std::string_view kAdd = "add";
inline constexpr std::string_view kAddName = "add.name";
inline constexpr std::string_view kAddDisplayName = "add.display_name";
inline constexpr std::string_view kAddEmail = "add.email";
inline constexpr std::string_view kAddRole = "add.role";
inline constexpr std::string_view kInvite = "invite";
inline constexpr std::string_view kInviteCopy = "invite.copy";
inline constexpr std::string_view kReset = "reset";
inline constexpr std::string_view kResetCopyCode = "reset.copy_code";
inline constexpr std::string_view kEdit = "edit";
inline constexpr std::string_view kEditName = "edit.display_name";
inline constexpr std::string_view kEditEmail = "edit.email";
inline constexpr std::string_view kAskPassword = "ask_password";
inline constexpr std::string_view kLeaver = "leaver";
inline constexpr std::string_view kLeaverQuery = "leaver.successor";
inline constexpr std::string_view kLeaverCandidate = "leaver.candidate";  // numbered by the person
inline constexpr std::string_view kLeaverOther = "leaver.other";
inline constexpr std::string_view kLeaverReason = "leaver.reason";
inline constexpr std::string_view kReasonDialog = "reason";
inline constexpr std::string_view kReasonChoice = "reason.choice";
inline constexpr std::string_view kReasonText = "reason.text";
inline constexpr std::string_view kRole = "role";
inline constexpr std::string_view kRoleChoice = "role.choice";

inline constexpr std::string_view kImportBack = "import.back";
inline constexpr std::string_view kImportPath = "import.path";
inline constexpr std::string_view kImportBrowse = "import.browse";
inline constexpr std::string_view kImportRead = "import.read";
inline constexpr std::string_view kImportAll = "import.all";
inline constexpr std::string_view kImportGood = "import.good";
inline constexpr std::string_view kImportOther = "import.other_file";
inline constexpr std::string_view kImportErrors = "import.errors";
inline constexpr std::string_view kImportSheetPath = "import.sheet_path";
inline constexpr std::string_view kImportSheetBrowse = "import.sheet_browse";
inline constexpr std::string_view kImportSheet = "import.sheet";
inline constexpr std::string_view kImportUndo = "import.undo";
inline constexpr std::string_view kImportEarlier = "import.earlier";

inline constexpr std::string_view kModerationTab = "moderation.tab";  // numbered by ModerationTab
inline constexpr std::string_view kReport = "report";                 // numbered by the report
inline constexpr std::string_view kReportList = "report.list";
inline constexpr std::string_view kReportDelete = "report.delete";
inline constexpr std::string_view kReportMute = "report.mute";
inline constexpr std::string_view kReportKick = "report.kick";
inline constexpr std::string_view kReportBan = "report.ban";
inline constexpr std::string_view kReportResolve = "report.resolve";
inline constexpr std::string_view kReportReopen = "report.reopen";
inline constexpr std::string_view kSanctionTable = "sanction.table";
inline constexpr std::string_view kSanctionLift = "sanction.lift";

inline constexpr std::string_view kSessionsPerson = "sessions.person";
inline constexpr std::string_view kSessionsEverybody = "sessions.everybody";
inline constexpr std::string_view kSessionsRefresh = "sessions.refresh";
inline constexpr std::string_view kSessionsTable = "sessions.table";
inline constexpr std::string_view kSessionEnd = "session.end";
inline constexpr std::string_view kSessionEndAll = "session.end_all";
inline constexpr std::string_view kSessionOnly = "session.only_this_person";

inline constexpr std::string_view kRoomsQuery = "rooms.query";
inline constexpr std::string_view kRoomsTable = "rooms.table";
inline constexpr std::string_view kRoomsNew = "rooms.new";
inline constexpr std::string_view kRoom = "room";
inline constexpr std::string_view kRoomName = "room.name";
inline constexpr std::string_view kRoomTopic = "room.topic";
inline constexpr std::string_view kRoomPrivate = "room.private";
inline constexpr std::string_view kRoomEdit = "room.edit";
inline constexpr std::string_view kRoomLock = "room.lock";
inline constexpr std::string_view kRoomUnlock = "room.unlock";
inline constexpr std::string_view kRoomSlow = "room.slow_mode";
inline constexpr std::string_view kRoomArchive = "room.archive";
inline constexpr std::string_view kRoomReopen = "room.reopen";

inline constexpr std::string_view kAuditWhen = "audit.when";
inline constexpr std::string_view kAuditWho = "audit.who";
inline constexpr std::string_view kAuditWhat = "audit.what";
inline constexpr std::string_view kAuditOutcome = "audit.outcome";
inline constexpr std::string_view kAuditWords = "audit.words";
inline constexpr std::string_view kAuditRefresh = "audit.refresh";
inline constexpr std::string_view kAuditTable = "audit.table";
inline constexpr std::string_view kAuditByActor = "audit.by_actor";
inline constexpr std::string_view kAuditCopy = "audit.copy";
inline constexpr std::string_view kAuditOn = "audit.on";
inline constexpr std::string_view kAuditRoom = "audit.room";
inline constexpr std::string_view kAuditAddress = "audit.address";
inline constexpr std::string_view kAuditFrom = "audit.from_day";
inline constexpr std::string_view kAuditTo = "audit.to_day";
inline constexpr std::string_view kAuditLive = "audit.live";
inline constexpr std::string_view kAuditEvidence = "audit.evidence";
inline constexpr std::string_view kAuditVerdict = "audit.verdict";
inline constexpr std::string_view kAuditPerson = "audit.open_person";
inline constexpr std::string_view kAuditActor = "audit.open_actor";
inline constexpr std::string_view kAuditOpenRoom = "audit.open_room";
inline constexpr std::string_view kAuditWatch = "audit.watch";
inline constexpr std::string_view kAuditWatchDetails = "audit.watch_details";

inline constexpr std::string_view kEvidence = "evidence";
inline constexpr std::string_view kEvidencePerson = "evidence.person";
inline constexpr std::string_view kEvidenceRoom = "evidence.room";
inline constexpr std::string_view kEvidenceFrom = "evidence.from_day";
inline constexpr std::string_view kEvidenceTo = "evidence.to_day";
inline constexpr std::string_view kEvidenceReason = "evidence.reason";
inline constexpr std::string_view kEvidenceTarget = "evidence.target";
inline constexpr std::string_view kEvidenceBrowse = "evidence.browse";
inline constexpr std::string_view kEvidenceFiles = "evidence.files";
inline constexpr std::string_view kEvidenceCopy = "evidence.copy";

inline constexpr std::string_view kRetentionTab = "retention.tab";  // numbered by RetentionTab
inline constexpr std::string_view kRuleTable = "rule.table";
inline constexpr std::string_view kRuleChange = "rule.change";
inline constexpr std::string_view kRuleAdd = "rule.add";
inline constexpr std::string_view kRule = "rule";
inline constexpr std::string_view kRuleRoom = "rule.room";
inline constexpr std::string_view kRuleKeep = "rule.keep";
inline constexpr std::string_view kRuleReason = "rule.reason";
inline constexpr std::string_view kHoldTable = "hold.table";
inline constexpr std::string_view kHoldPlace = "hold.place";
inline constexpr std::string_view kHoldLift = "hold.lift";
inline constexpr std::string_view kHold = "hold";
inline constexpr std::string_view kHoldName = "hold.name";
inline constexpr std::string_view kHoldOn = "hold.on";  // 0: a person, 1: a room
inline constexpr std::string_view kHoldSubject = "hold.subject";
inline constexpr std::string_view kHoldReason = "hold.reason";
inline constexpr std::string_view kPruneDays = "prune.days";
inline constexpr std::string_view kPruneCount = "prune.count";
inline constexpr std::string_view kPrune = "prune.do";
inline constexpr std::string_view kPersonErase = "person.erase";
inline constexpr std::string_view kPersonEvidence = "person.evidence";
inline constexpr std::string_view kErase = "erase";
inline constexpr std::string_view kEraseReason = "erase.reason";
inline constexpr std::string_view kEraseName = "erase.name";

inline constexpr std::string_view kAnnounceText = "announce.text";
inline constexpr std::string_view kAnnounceMust = "announce.must_acknowledge";
inline constexpr std::string_view kAnnounceLasts = "announce.lasts";
inline constexpr std::string_view kAnnounce = "announce.do";
inline constexpr std::string_view kAnnounceEnd = "announce.end";
inline constexpr std::string_view kAnnounceWho = "announce.who";  // 0: not yet, 1: have
inline constexpr std::string_view kAnnounceTable = "announce.table";
inline constexpr std::string_view kAnnounceRefresh = "announce.refresh";

inline constexpr std::string_view kCertificateRefresh = "certificate.refresh";
inline constexpr std::string_view kCertificateRenew = "certificate.renew";
inline constexpr std::string_view kCertificateCopy = "certificate.copy_fingerprint";
inline constexpr std::string_view kCertificateCopyLink = "certificate.copy_link";
inline constexpr std::string_view kCertificateName = "certificate.name";
inline constexpr std::string_view kCertificateAddName = "certificate.add_name";

inline constexpr std::string_view kSettingsRefresh = "settings.refresh";
inline constexpr std::string_view kSettingsTable = "settings.table";
inline constexpr std::string_view kSettingValue = "setting.value";
inline constexpr std::string_view kSettingSave = "setting.save";
inline constexpr std::string_view kSettingDefault = "setting.default";

inline constexpr std::string_view kBackupsRefresh = "backups.refresh";
inline constexpr std::string_view kBackupsTable = "backups.table";
inline constexpr std::string_view kBackupRun = "backup.run";
inline constexpr std::string_view kBackupVerify = "backup.verify";
inline constexpr std::string_view kBackupRehearse = "backup.rehearse";

}  // namespace wardroom::admin::views::ids
