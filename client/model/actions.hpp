#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "client/model/props/dialogs.hpp"
#include "client/model/props/person.hpp"
#include "common/base/secret.hpp"
#include "common/base/strong.hpp"

// What a person does in the window, as values. Views emit them; update folds them into the state.
namespace wardroom::client {

// First start and sign-in.
struct UseInviteLink {
  std::string link;
};
struct UseAddress {
  std::string address;
  std::string fingerprint;
};
struct MakeAccount {
  std::string name;
  std::string display_name;
  Secret password;
};
struct SignIn {
  std::string name;
  Secret password;
};
struct ChooseOtherServer {};  // back to the first step
struct SignOut {};

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
struct RetryMessage {
  RoomId room;
  std::string client_id;
};
struct DiscardMessage {
  RoomId room;
  std::string client_id;
};
struct OpenLink {
  std::string url;
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
struct SetTheme {
  ThemeChoice theme = ThemeChoice::system;
};
struct SetScale {
  int percent = 100;
};
struct SetDisplayName {
  std::string display_name;
};
struct ChangePassword {
  Secret current;
  Secret fresh;
};
struct RetryConnection {};
struct DismissToast {
  std::uint64_t id = 0;
};

using Action =
    std::variant<UseInviteLink, UseAddress, MakeAccount, SignIn, ChooseOtherServer, SignOut, OpenRoom,
                 StepRoom, JoinRoom, LeaveRoom, CreateRoom, OpenDirect, MarkRead, ToggleMembers, LoadOlder,
                 LoadNewer, JumpToNewest, JumpToMessage, SeenNewest, RetryMessage, DiscardMessage, OpenLink,
                 SendMessage, ChangeDraft, EditLast, CancelEdit, StartReply, CancelReply, ShowDialog,
                 SetPresence, SetDoNotDisturb, SetTheme, SetScale, SetDisplayName, ChangePassword,
                 RetryConnection, DismissToast>;

// Where a frame's actions are gathered.
using Actions = std::vector<Action>;

}  // namespace wardroom::client
