#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <boost/mp11.hpp>

#include "client/model/place_actions.hpp"
#include "client/model/props/attention.hpp"
#include "client/model/props/dialogs.hpp"
#include "client/model/props/emoji.hpp"
#include "client/model/props/files.hpp"
#include "client/model/props/person.hpp"
#include "client/model/props/side_bar.hpp"
#include "client/model/thread_name.hpp"
#include "common/base/secret.hpp"
#include "common/base/strong.hpp"
#include "common/desk/model/action_list.hpp"
#include "common/desk/model/props/sign_in.hpp"
#include "common/desk/model/props/toast.hpp"
#include "common/desk/model/props/witness.hpp"

// What a person does in the window, as values. Views emit them; update folds them into the state.
namespace wardroom::client {

// First start and sign-in.
using desk::ChooseOtherServer;
using desk::SignIn;
using desk::SignOut;
using desk::UseAddress;
using desk::UseInviteLink;

struct LookForServers {};  // on the local network
struct MakeAccount {
  std::string name;
  std::string display_name;
  Secret password;
  Secret code;  // second factor, when the account has one
};

// Rooms.
struct OpenRoom {
  RoomId room;
};
struct StepRoom {
  int by = 1;
  bool unread_only = false;
};  // Alt+Up is -1, Alt+Down is +1
struct JoinRoom {
  RoomId room;
};
struct LeaveRoom {
  RoomId room;
};
struct CreateRoom {
  std::string name;
  std::string topic;
  bool is_private = false;
};
struct OpenDirect {
  std::vector<UserId> people;
};
struct MarkRead {
  RoomId room;
};
struct ToggleMembers {};
struct TogglePins {};
struct OpenSearch {
  bool everywhere = false;  // else in the open room
};
struct CloseSearch {};
struct SearchFor {
  std::string query;
};
struct SearchOn {};  // the next hits
struct ShowHit {
  RoomId room;
  Seq seq;
};
struct ReturnFromHit {};  // to the room in which the first hit was chosen
struct AcceptDirect {
  RoomId room;
};
struct DeclineDirect {
  RoomId room;
};
struct EndDirect {
  RoomId room;
};
struct AskAgain {
  RoomId room;
};  // for a direct room that has ended
struct SetMemberRole {
  RoomId room;
  UserId user;
  bool moderator = false;
};
struct Unmute {
  RoomId room;
  UserId user;
};

// An action with a reason: asked for first, then confirmed.
struct AskReason {
  ReasonedAction act = ReasonedAction::report;
  RoomId room;
  Seq seq;      // of the message, where there is one
  UserId user;  // against whom, where there is somebody
};
struct GiveReason {
  std::string reason;
  std::size_t length = 0;  // index into ReasonDialogProps::lengths
};

// Timeline.
struct LoadOlder {
  RoomId room;
};
struct LoadNewer {
  RoomId room;
};  // after the window was moved into the history
struct JumpToNewest {
  RoomId room;
};
struct JumpToMessage {
  RoomId room;
  Seq seq;
};
struct SeenNewest {
  RoomId room;
};  // the newest row was on the screen of a focused window
struct SeenUpTo {
  RoomId room;
  Seq seq;
};  // so was this one, and newer ones weren't
struct MarkUnread {
  RoomId room;
  Seq seq;
};  // this message and all behind it
struct RetryMessage {
  RoomId room;
  std::string client_id;
};
struct DiscardMessage {
  RoomId room;
  std::string client_id;
};
struct RewriteMessage {
  RoomId room;
  std::string client_id;
};  // takes a refused message back into the composer
struct React {
  RoomId room;
  Seq seq;
  std::string emoji;
  bool on = true;
};
struct DeleteOwn {
  RoomId room;
  Seq seq;
};
struct RestoreOwn {
  RoomId room;
  Seq seq;
};
struct PinMessage {
  RoomId room;
  Seq seq;
  bool on = true;
};
struct ShowVersions {
  RoomId room;
  Seq seq;
};
struct OpenLink {
  std::string url;
  bool named = false;  // other words stand in the message: the person is shown where it leads first
};
// Composer.
struct SendMessage {
  RoomId room;
  std::string text;
};  // also /commands: the model reads them
struct ChangeDraft {
  RoomId room;
  std::string text;
};  // also the sign that the person types
struct EditLast {
  RoomId room;
};
struct StartEdit {
  RoomId room;
  Seq seq;
};
struct CancelEdit {
  RoomId room;
};
struct StartReply {
  RoomId room;
  Seq seq;
};
struct CancelReply {
  RoomId room;
};

// Threads.
struct OpenThread {
  ThreadName thread;
};
struct CloseThread {};
struct ToggleThreads {};  // the list of those that the person follows
struct MoreThreads {};
struct FollowThread {
  ThreadName thread;
  bool on = true;
};
struct OlderInThread {
  ThreadName thread;
};
struct SeenInThread {
  ThreadName thread;
  Seq seq;  // not set: the newest
};
struct UnreadInThread {
  ThreadName thread;
  Seq seq;
};  // this reply and all behind it
struct SendInThread {
  ThreadName thread;
  std::string text;
};
struct DraftInThread {
  ThreadName thread;
  std::string text;
};
struct EditInThread {
  ThreadName thread;
  Seq seq;  // not set: the person's last one
};
struct CancelEditInThread {
  ThreadName thread;
};

// Files: into what is being written, and on their way up.
struct ChooseAttachments {
  WritingPlace place;
};
struct AttachFiles {
  WritingPlace place;
  std::vector<std::string> paths;
};
struct AttachText {
  WritingPlace place;
  std::string text;
};  // what is too long for a message
struct AttachClipboardPicture {
  WritingPlace place;
};
struct PauseUpload {
  std::string key;
};
struct ContinueUpload {
  std::string key;
};  // after a pause, or once more after a failure
struct RemoveUpload {
  std::string key;
};  // from the draft, or from a message that isn't sent yet
struct GivePath {
  std::string path;
};  // in Dialog::path

// Files of messages, by their ids.
struct OpenFile {
  RoomId room;
  Seq seq;
  std::string file;
};  // fetched first, where it isn't here yet
struct SaveFileAs {
  RoomId room;
  Seq seq;
  std::string file;
};
struct ShowFileInFolder {
  std::string file;
};
struct StopFetching {
  std::string file;
};
// A picture that a room shows came into sight and isn't in memory.
struct WantPicture {
  RoomId room;
  Seq seq;
  std::string file;
  bool large = false;  // for the viewer
};
// The viewer over the window.
struct ViewPicture {
  RoomId room;
  Seq seq;
  std::string file;
};
struct StepPicture {
  int by = 1;
};  // the next, or -1: the one before
struct CloseViewer {};

// The panel with all files of the open room.
struct ToggleFiles {};
struct FilterFiles {
  std::string query;
  FileFilter filter = FileFilter::all;
};
struct MoreFiles {};

// Dialogs and settings.
struct ShowDialog {
  Dialog dialog = Dialog::none;
};
struct SetPresence {
  PresenceMark presence = PresenceMark::online;
  std::string text;
};
struct SetDoNotDisturb {
  bool on = false;
};
// Of what is told outside the window: of a room, for a time, and of all.
struct SetRoomLevel {
  RoomId room;
  RoomLevel level = RoomLevel::all;
};  // a pause ends with it
struct PauseRoom {
  RoomId room;
  RoomPause pause = RoomPause::none;
};
enum class AttentionSwitch { hours, shows_text, sound, tray, closes_to_tray, away_when_idle };
struct SetAttention {
  AttentionSwitch what = AttentionSwitch::hours;
  bool on = false;
};
struct SetKeywords {
  std::string typed;
};
struct SetAttentionHours {
  std::uint8_t days = 0;
  std::chrono::minutes from{0};
  std::chrono::minutes to{0};
};
struct SetAutostart {
  bool on = false;
};
// Spelling. Words that nothing is known of yet; what to write instead; what the person knows better.
struct CheckWords {
  std::vector<std::string> words;
};
struct AskSuggestions {
  std::string word;
};
struct LearnWord {
  std::string word;
};
struct IgnoreWord {
  std::string word;
};  // until the program ends
struct SetSpelling {
  bool on = false;
};
struct SetSpellingLanguage {
  std::string language;
  bool on = false;
};
struct SetOwnWords {
  std::string typed;
};
struct SetLanguage {
  std::string language;  // "de"; empty: this PC's
};
struct SetTheme {
  ThemeChoice theme = ThemeChoice::system;
};
struct SetScale {
  int percent = 100;
};
struct StepScale {
  int steps = 0;  // of 25 percent; 0: back to 100
};
struct UseEmoji {
  std::string emoji;
};  // it stands first among the recent ones
// Collapses a section of the side bar, or opens it again.
struct ToggleSection {
  SideBarSection::Kind kind = SideBarSection::Kind::rooms;
};
struct SetSkinTone {
  SkinTone tone = SkinTone::none;
};
struct ChangePassword {
  Secret current;
  Secret fresh;
};
struct LoadDevices {};
struct EndSession {
  std::optional<SessionId> session;  // none: all but this one
};
struct LoadSecondFactor {};
struct BeginSecondFactor {
  Secret password;
};
struct ConfirmSecondFactor {
  Secret code;  // with the second factor on: new recovery codes instead of the old
};
struct RemoveSecondFactor {
  Secret password;
  Secret code;
};
struct FinishSecondFactor {};  // the recovery codes were read
using desk::RetryConnection;

// What the office announces: read, or put away where nobody asks.
struct AcknowledgeAnnouncement {};
struct CloseAnnouncement {};

using Action = boost::mp11::mp_append<
    PlaceActions,
    std::variant<
        UseInviteLink, UseAddress, LookForServers, MakeAccount, SignIn, ChooseOtherServer, SignOut, OpenRoom,
        StepRoom, JoinRoom, LeaveRoom, CreateRoom, OpenDirect, MarkRead, ToggleMembers, TogglePins,
        OpenSearch, CloseSearch, SearchFor, SearchOn, ShowHit, ReturnFromHit, AcceptDirect, DeclineDirect,
        EndDirect, AskAgain, SetMemberRole, Unmute, AskReason, GiveReason, React, DeleteOwn, RestoreOwn,
        PinMessage, ShowVersions, LoadOlder, LoadNewer, JumpToNewest, JumpToMessage, SeenNewest, SeenUpTo,
        MarkUnread, RetryMessage, DiscardMessage, RewriteMessage, OpenLink, SendMessage, ChangeDraft,
        EditLast, StartEdit, CancelEdit, StartReply, CancelReply, OpenThread, CloseThread,
        ToggleThreads, MoreThreads, FollowThread, OlderInThread, SeenInThread, UnreadInThread, SendInThread,
        DraftInThread, EditInThread, CancelEditInThread, ChooseAttachments, AttachFiles, AttachText,
        AttachClipboardPicture, PauseUpload, ContinueUpload, RemoveUpload, GivePath, OpenFile, SaveFileAs,
        ShowFileInFolder, StopFetching, WantPicture, ViewPicture, StepPicture, CloseViewer, ToggleFiles,
        FilterFiles, MoreFiles, ShowDialog, SetPresence, SetDoNotDisturb, SetRoomLevel, PauseRoom,
        SetAttention, SetKeywords, SetAttentionHours, SetAutostart, CheckWords, AskSuggestions, LearnWord,
        IgnoreWord, SetSpelling, SetSpellingLanguage, SetOwnWords, SetLanguage, SetTheme, SetScale, StepScale,
        UseEmoji, SetSkinTone, ToggleSection, ChangePassword, LoadDevices, EndSession, LoadSecondFactor,
        BeginSecondFactor, ConfirmSecondFactor, RemoveSecondFactor, FinishSecondFactor, desk::WatchAct,
        desk::SettleAlarm, RetryConnection, desk::DismissToast, AcknowledgeAnnouncement, CloseAnnouncement>>;

// Where a frame's actions are gathered.
using Actions = desk::ActionList<Action>;

}  // namespace wardroom::client

extern template class wardroom::desk::ActionList<wardroom::client::Action>;
