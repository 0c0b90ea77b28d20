#pragma once

#include <string_view>

// The ids of everything that can be pressed or typed into in the client. Tests and the end-to-end driver
// click by them: renaming one is a change to both. A number after a colon tells many of a kind apart:
// "side.room:12".
namespace wardroom::client::views::ids {

// First start.
inline constexpr std::string_view kWelcomeTab = "welcome.tab";  // 0: invite link, 1: address
inline constexpr std::string_view kWelcomeLink = "welcome.link";
inline constexpr std::string_view kWelcomeAddress = "welcome.address";
inline constexpr std::string_view kWelcomeFingerprint = "welcome.fingerprint";
inline constexpr std::string_view kWelcomeName = "welcome.name";
inline constexpr std::string_view kWelcomeDisplayName = "welcome.display_name";
inline constexpr std::string_view kWelcomePassword = "welcome.password";
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
inline constexpr std::string_view kBrowse = "side.browse";
inline constexpr std::string_view kCreate = "side.create";
inline constexpr std::string_view kDirect = "side.direct";
inline constexpr std::string_view kConnection = "side.connection";

// Room.
inline constexpr std::string_view kMembersToggle = "room.members";
inline constexpr std::string_view kRoomMenu = "room.menu";
inline constexpr std::string_view kRoomMarkRead = "room.mark_read";
inline constexpr std::string_view kRoomLeave = "room.leave";
inline constexpr std::string_view kBanner = "room.banner";
inline constexpr std::string_view kMessage = "timeline.message";  // numbered by the row's place
inline constexpr std::string_view kReply = "timeline.reply";
inline constexpr std::string_view kCopy = "timeline.copy";
inline constexpr std::string_view kQuote = "timeline.quote";
inline constexpr std::string_view kRetry = "timeline.retry";
inline constexpr std::string_view kDiscard = "timeline.discard";
inline constexpr std::string_view kNewest = "timeline.newest";
inline constexpr std::string_view kMember = "members.person";

// Composer.
inline constexpr std::string_view kComposer = "composer.text";
inline constexpr std::string_view kSend = "composer.send";
inline constexpr std::string_view kEmoji = "composer.emoji";
inline constexpr std::string_view kBold = "composer.bold";
inline constexpr std::string_view kItalic = "composer.italic";
inline constexpr std::string_view kCode = "composer.code";
inline constexpr std::string_view kCancelContext = "composer.cancel";  // stops replying or editing
inline constexpr std::string_view kCompletion = "composer.completion";

// Dialogs.
inline constexpr std::string_view kSwitcher = "switcher";
inline constexpr std::string_view kSwitcherQuery = "switcher.query";
inline constexpr std::string_view kSwitcherEntry = "switcher.entry";
inline constexpr std::string_view kBrowseDialog = "browse";
inline constexpr std::string_view kBrowseQuery = "browse.query";
inline constexpr std::string_view kBrowseRoom = "browse.room";
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
inline constexpr std::string_view kSettingsOld = "settings.old_password";
inline constexpr std::string_view kSettingsNew = "settings.new_password";
inline constexpr std::string_view kSettingsSavePassword = "settings.save_password";
inline constexpr std::string_view kToast = "toast";

}  // namespace wardroom::client::views::ids
