#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "client/model/props/links.hpp"
#include "client/model/props/places.hpp"
#include "common/base/strong.hpp"

// What a person does with links, saved messages, days, the side bar's arrangement, rooms' names and people's
// profiles; a part of actions.hpp.
namespace wardroom::client {

// What a link in a message leads to came into sight and isn't known.
struct WantLinked {
  MessagePlace place;
};
struct GoToMessage {
  MessagePlace place;
};  // of any room
struct StartForward {
  MessagePlace place;
};
struct Forward {
  RoomId to;
  std::string comment;
};

// A room by its menu: the names and topics of the dialogs.
struct OpenRoomMenu {
  RoomId room;
};
struct StartChangingRoom {
  RoomId room;
};
struct ChangeRoom {
  std::string name;
  std::string topic;
};
struct StartAddingPeople {
  RoomId room;
};
struct AddPeople {
  std::vector<UserId> people;
};

// To a day of the open room.
struct StartDateJump {};
struct JumpToDate {
  std::string typed;
};

// Saved messages.
struct SaveMessage {
  MessagePlace place;
  bool on = true;
};
struct ToggleSaved {};  // the list

// The side bar's arrangement.
struct PlaceRoom {
  RoomId room;
  SidebarPlace place;
  RoomId before;  // not set: at the end
};
struct ShiftRoom {
  RoomId room;
  int by = 1;  // down; -1: up
};
struct StartSection {
  std::optional<std::size_t> index;  // not set: a new one …
  RoomId room;                       // … into which this room goes
};
struct NameSection {
  std::string name;
};
struct ShiftSection {
  std::size_t index = 0;
  int by = 1;
};
struct RemoveSection {
  std::size_t index = 0;
};
struct FoldSection {
  std::size_t index = 0;
};

// People.
struct ShowProfile {
  UserId user;
};
struct SetProfile {
  std::string display_name;
  std::string title;
  std::string pronouns;
  std::string zone;
  bool whole = true;  // false: what isn't the name was never loaded, and stays
};
struct StartStatus {};
struct SetStatus {
  std::string text;
  StatusEnd end = StatusEnd::never;
};
struct ShowSeenBy {
  MessagePlace place;
};

using PlaceActions =
    std::variant<WantLinked, GoToMessage, StartForward, Forward, OpenRoomMenu, StartChangingRoom, ChangeRoom,
                 StartAddingPeople, AddPeople, StartDateJump, JumpToDate, SaveMessage, ToggleSaved, PlaceRoom,
                 ShiftRoom, StartSection, NameSection, ShiftSection, RemoveSection, FoldSection, ShowProfile,
                 SetProfile, StartStatus, SetStatus, ShowSeenBy>;

}  // namespace wardroom::client
