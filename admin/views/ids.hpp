#pragma once

#include <string_view>

// The ids of everything that can be pressed or typed into in the console. Tests click by them.
namespace wardroom::admin::views::ids {

inline constexpr std::string_view kSignInTab = "signin.tab";  // 0: invite link, 1: address
inline constexpr std::string_view kSignInLink = "signin.link";
inline constexpr std::string_view kSignInAddress = "signin.address";
inline constexpr std::string_view kSignInFingerprint = "signin.fingerprint";
inline constexpr std::string_view kSignInName = "signin.name";
inline constexpr std::string_view kSignInPassword = "signin.password";
inline constexpr std::string_view kSignInContinue = "signin.continue";
inline constexpr std::string_view kSignInOther = "signin.other_server";

inline constexpr std::string_view kPage = "page";  // numbered by Page
inline constexpr std::string_view kSignOut = "page.sign_out";
inline constexpr std::string_view kBanner = "banner";
inline constexpr std::string_view kToast = "toast";

inline constexpr std::string_view kPeopleQuery = "people.query";
inline constexpr std::string_view kPeopleRole = "people.role";
inline constexpr std::string_view kPeopleState = "people.state";
inline constexpr std::string_view kPeopleAdd = "people.add";
inline constexpr std::string_view kPeopleInvite = "people.invite";
inline constexpr std::string_view kPeopleTable = "people.table";
inline constexpr std::string_view kPersonInvite = "person.invite";
inline constexpr std::string_view kPersonRole = "person.role";
inline constexpr std::string_view kPersonDisable = "person.disable";
inline constexpr std::string_view kPersonEnable = "person.enable";

inline constexpr std::string_view kAdd = "add";
inline constexpr std::string_view kAddName = "add.name";
inline constexpr std::string_view kAddDisplayName = "add.display_name";
inline constexpr std::string_view kAddEmail = "add.email";
inline constexpr std::string_view kAddRole = "add.role";
inline constexpr std::string_view kInvite = "invite";
inline constexpr std::string_view kInviteCopy = "invite.copy";
inline constexpr std::string_view kDisable = "disable";
inline constexpr std::string_view kRole = "role";
inline constexpr std::string_view kRoleChoice = "role.choice";

inline constexpr std::string_view kAuditWhen = "audit.when";
inline constexpr std::string_view kAuditWho = "audit.who";
inline constexpr std::string_view kAuditWhat = "audit.what";
inline constexpr std::string_view kAuditOutcome = "audit.outcome";
inline constexpr std::string_view kAuditWords = "audit.words";
inline constexpr std::string_view kAuditRefresh = "audit.refresh";
inline constexpr std::string_view kAuditTable = "audit.table";
inline constexpr std::string_view kAuditByActor = "audit.by_actor";
inline constexpr std::string_view kAuditCopy = "audit.copy";

}  // namespace wardroom::admin::views::ids
