#pragma once

#include <string_view>

// The ids of everything that can be pressed or typed into in the client, beside desk/views' own. Tests and
// the end-to-end driver click by them: renaming one is a change to both. A number after a colon tells many of
// a kind apart: "side.room:12".
namespace wardroom::client::views::ids {

// First start.
inline constexpr std::string_view kWelcomeTab = "welcome.tab";  // 0: invite link, 1: address
inline constexpr std::string_view kWelcomeLink = "welcome.link";
inline constexpr std::string_view kWelcomeAddress = "welcome.address";
inline constexpr std::string_view kWelcomeFingerprint = "welcome.fingerprint";
inline constexpr std::string_view kWelcomeFound = "welcome.found";  // numbered as they stand in the list
inline constexpr std::string_view kWelcomeLookAgain = "welcome.look_again";
inline constexpr std::string_view kWelcomeName = "welcome.name";
inline constexpr std::string_view kWelcomeDisplayName = "welcome.display_name";
inline constexpr std::string_view kWelcomePassword = "welcome.password";
inline constexpr std::string_view kWelcomeCode = "welcome.code";
inline constexpr std::string_view kWelcomeNewPassword = "welcome.new_password";
inline constexpr std::string_view kWelcomeSignOut = "welcome.sign_out";
inline constexpr std::string_view kWelcomeContinue = "welcome.continue";
inline constexpr std::string_view kWelcomeOther = "welcome.other_server";

// Side bar. Rooms and people are numbered by their id.
inline constexpr std::string_view kSelf = "side.self";
inline constexpr std::string_view kSelfMenu = "side.self_menu";
inline constexpr std::string_view kSelfPresence = "side.presence";  // numbered by PresenceMark
inline constexpr std::string_view kSelfQuiet = "side.do_not_disturb";
inline constexpr std::string_view kSelfSettings = "side.settings";
inline constexpr std::string_view kSelfKeys = "side.keys";
inline constexpr std::string_view kSelfSignOut = "side.sign_out";
inline constexpr std::string_view kJump = "side.jump";
inline constexpr std::string_view kRoom = "side.room";
inline constexpr std::string_view kSection = "side.section";  // numbered by SideBarSection::Kind
inline constexpr std::string_view kDirectBelow = "side.direct_below";
inline constexpr std::string_view kBrowse = "side.browse";
inline constexpr std::string_view kCreate = "side.create";
inline constexpr std::string_view kDirect = "side.direct";
inline constexpr std::string_view kConnection = "side.connection";

// Room.
inline constexpr std::string_view kMembersToggle = "room.members";
inline constexpr std::string_view kRoomMenu = "room.menu";
inline constexpr std::string_view kRoomLevel = "room.level";  // numbered by RoomLevel
inline constexpr std::string_view kRoomPause = "room.pause";  // numbered by RoomPause
inline constexpr std::string_view kRoomMarkRead = "room.mark_read";
inline constexpr std::string_view kRoomLeave = "room.leave";
inline constexpr std::string_view kRoomLock = "room.lock";
inline constexpr std::string_view kRoomSlowMode = "room.slow_mode";
inline constexpr std::string_view kRoomArchive = "room.archive";
inline constexpr std::string_view kRoomEnd = "room.end";
inline constexpr std::string_view kPinsToggle = "room.pins";
inline constexpr std::string_view kBanner = "room.banner";
inline constexpr std::string_view kAnnouncement = "announcement";
inline constexpr std::string_view kAnnouncementRead = "announcement.read";
inline constexpr std::string_view kAnnouncementClose = "announcement.close";
inline constexpr std::string_view kMessage = "timeline.message";  // numbered by the row's place
inline constexpr std::string_view kReply = "timeline.reply";
inline constexpr std::string_view kReact = "timeline.react";
inline constexpr std::string_view kEdit = "timeline.edit";
inline constexpr std::string_view kMore = "timeline.more";
inline constexpr std::string_view kReaction = "timeline.reaction";  // row's place * 100 + reaction's place
inline constexpr std::string_view kBringBack = "timeline.bring_back";
inline constexpr std::string_view kQuote = "timeline.quote";
inline constexpr std::string_view kRetry = "timeline.retry";
inline constexpr std::string_view kDiscard = "timeline.discard";
inline constexpr std::string_view kRewrite = "timeline.rewrite";
inline constexpr std::string_view kNewest = "timeline.newest";
// Of a file in the timeline: row's place * 100 + the file's; in the panel from 1,000,000 on, in the draft
// from 2,000,000 on.
inline constexpr std::string_view kFile = "file.card";
inline constexpr std::string_view kFileOpen = "file.open";
inline constexpr std::string_view kFileSave = "file.save";
inline constexpr std::string_view kFileFolder = "file.folder";
inline constexpr std::string_view kFileStop = "file.stop";
inline constexpr std::string_view kPicture = "file.picture";
inline constexpr std::string_view kUploadPause = "upload.pause";
inline constexpr std::string_view kUploadContinue = "upload.continue";
inline constexpr std::string_view kUploadRemove = "upload.remove";
inline constexpr std::string_view kViewer = "viewer";
inline constexpr std::string_view kViewerPicture = "viewer.picture";
inline constexpr std::string_view kViewerClose = "viewer.close";
inline constexpr std::string_view kViewerSave = "viewer.save";
inline constexpr std::string_view kViewerNext = "viewer.next";
inline constexpr std::string_view kViewerBack = "viewer.back";
inline constexpr std::string_view kFilesToggle = "room.files";
inline constexpr std::string_view kFilesQuery = "files.query";
inline constexpr std::string_view kFilesFilter = "files.filter";
inline constexpr std::string_view kFilesMessage = "files.message";
inline constexpr std::string_view kFilesMore = "files.more";
inline constexpr std::string_view kFilesClose = "files.close";
inline constexpr std::string_view kMember = "members.person";
inline constexpr std::string_view kMemberWrite = "members.write";
inline constexpr std::string_view kMemberModerator = "members.moderator";
inline constexpr std::string_view kMemberMute = "members.mute";
inline constexpr std::string_view kMemberKick = "members.kick";
inline constexpr std::string_view kMemberBan = "members.ban";
inline constexpr std::string_view kPin = "pins.message";  // numbered by the message
inline constexpr std::string_view kUnpin = "pins.unpin";
inline constexpr std::string_view kSearchToggle = "room.search";
inline constexpr std::string_view kSearchQuery = "search.query";
inline constexpr std::string_view kSearchHit = "search.hit";  // numbered by place
inline constexpr std::string_view kSearchCompletion = "search.completion";
inline constexpr std::string_view kSearchRecent = "search.recent";
inline constexpr std::string_view kSearchMore = "search.more";
inline constexpr std::string_view kSearchReturn = "search.return";
inline constexpr std::string_view kSearchClose = "search.close";

// The menu of one message, and the list of emoji.
inline constexpr std::string_view kMessageMenu = "message.menu";
inline constexpr std::string_view kMessageQuick = "message.quick";  // numbered by place
inline constexpr std::string_view kMessageReact = "message.react";
inline constexpr std::string_view kMessageReply = "message.reply";
inline constexpr std::string_view kMessageEdit = "message.edit";
inline constexpr std::string_view kMessageCopy = "message.copy";
inline constexpr std::string_view kMessageCopyNames = "message.copy_names";
inline constexpr std::string_view kMessageUnread = "message.unread";
inline constexpr std::string_view kMessagePin = "message.pin";
inline constexpr std::string_view kMessageVersions = "message.versions";
inline constexpr std::string_view kMessageReport = "message.report";
inline constexpr std::string_view kMessageDelete = "message.delete";
inline constexpr std::string_view kMessageRestore = "message.restore";
inline constexpr std::string_view kPicker = "picker";
inline constexpr std::string_view kPickerQuery = "picker.query";
inline constexpr std::string_view kPickerEmoji = "picker.emoji";  // numbered by place among those shown
inline constexpr std::string_view kPickerGroup = "picker.group";  // 0: recent
inline constexpr std::string_view kPickerTone = "picker.tone";    // numbered by SkinTone

// Composer.
inline constexpr std::string_view kComposer = "composer.text";
inline constexpr std::string_view kSend = "composer.send";
inline constexpr std::string_view kEmoji = "composer.emoji";
inline constexpr std::string_view kAttach = "composer.attach";
inline constexpr std::string_view kAttachment = "composer.attachment";  // numbered by place
inline constexpr std::string_view kLongPaste = "paste";
inline constexpr std::string_view kBold = "composer.bold";
inline constexpr std::string_view kItalic = "composer.italic";
inline constexpr std::string_view kCode = "composer.code";
inline constexpr std::string_view kCancelContext = "composer.cancel";  // stops replying or editing
inline constexpr std::string_view kCompletion = "composer.completion";
inline constexpr std::string_view kAccept = "composer.accept";
inline constexpr std::string_view kDecline = "composer.decline";
inline constexpr std::string_view kAskAgain = "composer.ask_again";

// Dialogs.
inline constexpr std::string_view kSwitcher = "switcher";
inline constexpr std::string_view kSwitcherQuery = "switcher.query";
inline constexpr std::string_view kSwitcherEntry = "switcher.entry";
inline constexpr std::string_view kBrowseDialog = "browse";
inline constexpr std::string_view kBrowseQuery = "browse.query";
inline constexpr std::string_view kBrowseRoom = "browse.room";
inline constexpr std::string_view kBrowseCount = "browse.count";
inline constexpr std::string_view kBrowseVerb = "browse.verb";
inline constexpr std::string_view kBrowseCreate = "browse.create";
inline constexpr std::string_view kCreateDialog = "create";
inline constexpr std::string_view kCreateName = "create.name";
inline constexpr std::string_view kCreateTopic = "create.topic";
inline constexpr std::string_view kCreateKind = "create.kind";
inline constexpr std::string_view kDirectDialog = "direct";
inline constexpr std::string_view kDirectQuery = "direct.query";
inline constexpr std::string_view kDirectPerson = "direct.person";
inline constexpr std::string_view kKeysDialog = "keys";
inline constexpr std::string_view kSettingsDialog = "settings";
inline constexpr std::string_view kSettingsTab = "settings.tab";
inline constexpr std::string_view kSettingsName = "settings.display_name";
inline constexpr std::string_view kSettingsSaveName = "settings.save_name";
inline constexpr std::string_view kSettingsTheme = "settings.theme";
inline constexpr std::string_view kSettingsScale = "settings.scale";
inline constexpr std::string_view kSettingsQuiet = "settings.do_not_disturb";
inline constexpr std::string_view kAttentionList = "attention.list";
inline constexpr std::string_view kAttentionHours = "attention.hours";
inline constexpr std::string_view kAttentionDay = "attention.day";  // numbered from Monday, 0
inline constexpr std::string_view kAttentionFrom = "attention.from";
inline constexpr std::string_view kAttentionTo = "attention.to";
inline constexpr std::string_view kAttentionSaveHours = "attention.save_hours";
inline constexpr std::string_view kAttentionKeywords = "attention.keywords";
inline constexpr std::string_view kAttentionSaveKeywords = "attention.save_keywords";
inline constexpr std::string_view kAttentionText = "attention.text";
inline constexpr std::string_view kAttentionSound = "attention.sound";
inline constexpr std::string_view kAttentionTray = "attention.tray";
inline constexpr std::string_view kAttentionCloses = "attention.closes_to_tray";
inline constexpr std::string_view kAttentionIdle = "attention.away_when_idle";
inline constexpr std::string_view kAttentionAutostart = "attention.autostart";
inline constexpr std::string_view kSettingsOld = "settings.old_password";
inline constexpr std::string_view kSettingsNew = "settings.new_password";
inline constexpr std::string_view kSettingsSavePassword = "settings.save_password";
inline constexpr std::string_view kDeviceEnd = "devices.end";  // numbered by the session
inline constexpr std::string_view kDevicesEndOthers = "devices.end_others";
inline constexpr std::string_view kFactorPassword = "factor.password";
inline constexpr std::string_view kFactorBegin = "factor.begin";
inline constexpr std::string_view kFactorCode = "factor.code";
inline constexpr std::string_view kFactorConfirm = "factor.confirm";
inline constexpr std::string_view kFactorRenew = "factor.renew";
inline constexpr std::string_view kFactorRemove = "factor.remove";
inline constexpr std::string_view kFactorCopy = "factor.copy";
inline constexpr std::string_view kFactorDone = "factor.done";
inline constexpr std::string_view kReasonDialog = "reason";
inline constexpr std::string_view kReasonText = "reason.text";
inline constexpr std::string_view kReasonLength = "reason.length";
inline constexpr std::string_view kLinkDialog = "link";
inline constexpr std::string_view kPathDialog = "path";
inline constexpr std::string_view kPathField = "path.field";
inline constexpr std::string_view kVersionsDialog = "versions";
inline constexpr std::string_view kSettingsLog = "settings.log";

}  // namespace wardroom::client::views::ids
