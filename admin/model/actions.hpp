#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "admin/model/props/console.hpp"
#include "admin/model/reasoned_action.hpp"
#include "common/base/secret.hpp"
#include "common/base/strong.hpp"
#include "common/desk/model/action_list.hpp"
#include "common/desk/model/props/sign_in.hpp"

// What an administrator, auditor or moderator does in the console, as values.
namespace wardroom::admin {

using desk::ChooseOtherServer;
using desk::RetryConnection;
using desk::SignIn;
using desk::SignOut;
using desk::UseAddress;
using desk::UseInviteLink;

struct ChooseNewPassword {
  Secret current;
  Secret wanted;
};
struct OpenPage {
  Page page = Page::people;
};

// People.
struct FilterPeople {
  PeopleFilter filter;
};
struct LoadMorePeople {};
struct SelectPerson {
  UserId person;
};
struct ShowPeopleDialog {
  PeopleDialog dialog = PeopleDialog::none;
};
struct AddPerson {
  std::string name;
  std::string display_name;
  std::string email;
  RoleChoice role = RoleChoice::member;
};
// An invite for a person who has no password yet, or, without one, for whoever makes an account with it.
struct MakeInvite {
  std::optional<UserId> person;
};
struct EnablePerson {
  UserId person;
};
struct ChangeRole {
  UserId person;
  RoleChoice role = RoleChoice::member;
};

// Selected together with others, or no longer.
struct TickPerson {
  UserId person;
};
struct TickShownPeople {
  bool on = true;
};
struct UntickPeople {};
struct CloseBulk {};  // what came of it was read; while it runs, it stops behind the person it is at
struct RetryBulk {};  // for those who are left

struct EditPerson {
  UserId person;
  std::string display_name;
  std::string email;
};
struct AskForPassword {
  UserId person;
};
// The leaver's dialog: who could take over, who does, and that it be done.
struct FindSuccessor {
  std::string query;
};
struct ChooseSuccessor {
  UserId person;  // not set: nobody
};
struct SayGoodbye {
  std::string reason;
};

// What is done to somebody or something for a reason: the dialog, then the act.
struct AskReason {
  ReasonedAction act;
};
struct GiveReason {
  std::string reason;
  std::size_t choice = 0;
};
struct CancelReason {};

// Import of people.
struct ChooseImportFile {
  std::string path;
};
struct StartImport {
  bool skip_errors = false;
};
struct ForgetImport {};  // begin with another file
struct SaveSheet {
  std::string path;
};
struct SelectImport {
  ImportId import;
};

// Moderation.
struct ShowModeration {
  ModerationTab tab = ModerationTab::open;
};
struct SelectReport {
  ReportId report;
};
struct LoadMoreReports {};
struct SelectSanction {
  std::size_t index = 0;
};
struct LiftSelectedSanction {};

// Sessions.
struct ShowSessionsOf {
  UserId person;  // not set: everybody's
};
struct FindSessionsOf {
  std::string name;  // as it is typed to sign in; empty: everybody's
};
struct SelectSession {
  SessionId session;
};
struct LoadMoreSessions {};
struct RefreshSessions {};

// Rooms.
struct FilterRooms {
  std::string query;
};
struct SelectRoom {
  RoomId room;
};
struct LoadMoreRooms {};
struct ShowRoomsDialog {
  RoomsDialog dialog = RoomsDialog::none;
};
struct MakeRoom {
  RoomForm form;
};
// Name and topic.
struct EditRoom {
  RoomId room;
  RoomForm form;
};
// A list by another column, or the other way round.
struct SortList {
  ListName list = ListName::people;
  std::size_t column = 0;
};
// The rows of the open page into a file, of a format that spreadsheets read.
struct AskForCsv {};
struct SaveCsv {
  std::string path;
};
struct CloseCsv {};

// The desktop's dialog for a field; `typed` is what stands in it.
struct BrowsePath {
  PathField field = PathField::csv;
  std::string typed;
};

// Audit.
struct FilterAudit {
  AuditFilter filter;
};
struct LoadMoreAudit {};
struct RefreshAudit {};
struct FollowAudit {
  bool on = true;
};
// From a record to whom or what it concerns.
struct OpenPerson {
  UserId person;
  std::string name;
};
struct OpenRoom {
  RoomId room;
};

// Evidence: a bundle of files about a person, a room, a time.
struct AskForEvidence {
  std::string person;  // a sign-in name; empty: everybody
};
struct TakeEvidence {
  EvidenceForm form;
};
struct CloseEvidence {};  // also stops one that is being made

// Retention.
struct ShowRetention {
  RetentionTab tab = RetentionTab::rules;
};
struct SelectRule {
  std::size_t index = 0;
};
struct AskForRule {
  bool of_a_room = false;  // a new rule of a room's own; otherwise the selected one
};
struct PreviewRule {
  RuleForm form;
};
struct SetRule {
  RuleForm form;
};
struct SelectHold {
  std::size_t index = 0;
};
struct LiftSelectedHold {};
struct AskForHold {};
struct PlaceHold {
  HoldForm form;
};
struct CloseRetentionDialog {};
struct CountPruning {
  std::int64_t days = 0;
};
struct PruneCounted {};
struct EraseTexts {
  std::string reason;
};
struct SelectRecord {
  AuditIndex index;
};

// What is announced to everybody.
struct Announce {
  AnnounceForm form;
};
struct EndAnnouncement {};
struct ShowAcknowledged {
  bool missing = true;  // those who haven't, or those who have
};
struct LoadMoreAcknowledged {};
struct RefreshAnnouncement {};

// Certificates.
struct RefreshCertificates {};
struct RenewCertificate {};
struct AddCertificateName {
  std::string name;
};

// The server's options.
struct RefreshSettings {};
struct SelectSetting {
  std::string name;
};
struct ChangeSetting {
  std::string name;
  std::string value;
};

// The server's backups.
struct RefreshBackups {};
struct SelectBackup {
  std::string name;
};
struct RunBackup {};
struct VerifyBackup {
  std::string name;
};
struct RehearseBackup {
  std::string name;
};

using Action = std::variant<
    UseInviteLink, UseAddress, SignIn, ChooseNewPassword, ChooseOtherServer, SignOut, RetryConnection,
    OpenPage, desk::DismissToast, FilterPeople, LoadMorePeople, SelectPerson, ShowPeopleDialog, AddPerson,
    MakeInvite, EnablePerson, ChangeRole, TickPerson, TickShownPeople, UntickPeople, CloseBulk, RetryBulk,
    EditPerson, AskForPassword, FindSuccessor, ChooseSuccessor, SayGoodbye, AskReason, GiveReason,
    CancelReason, ChooseImportFile, StartImport, ForgetImport, SaveSheet, SelectImport, ShowModeration,
    SelectReport, LoadMoreReports, SelectSanction, LiftSelectedSanction, ShowSessionsOf, FindSessionsOf,
    SelectSession, LoadMoreSessions, RefreshSessions, FilterRooms, SelectRoom, LoadMoreRooms, ShowRoomsDialog,
    MakeRoom, EditRoom, AskForCsv, SaveCsv, CloseCsv, BrowsePath, SortList, FilterAudit, LoadMoreAudit,
    RefreshAudit, FollowAudit, OpenPerson, OpenRoom, desk::WatchAct, desk::SettleAlarm, AskForEvidence,
    TakeEvidence, CloseEvidence, ShowRetention, SelectRule, AskForRule, PreviewRule, SetRule, SelectHold,
    LiftSelectedHold, AskForHold, PlaceHold, CloseRetentionDialog, CountPruning, PruneCounted, EraseTexts,
    SelectRecord, Announce, EndAnnouncement, ShowAcknowledged, LoadMoreAcknowledged, RefreshAnnouncement,
    RefreshCertificates, RenewCertificate, AddCertificateName, RefreshSettings, SelectSetting, ChangeSetting,
    RefreshBackups, SelectBackup, RunBackup, VerifyBackup, RehearseBackup>;

// Where a frame's actions are gathered.
using Actions = desk::ActionList<Action>;

}  // namespace wardroom::admin

extern template class wardroom::desk::ActionList<wardroom::admin::Action>;
