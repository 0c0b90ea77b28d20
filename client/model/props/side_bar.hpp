#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "client/model/props/person.hpp"
#include "common/base/strong.hpp"

namespace wardroom::client {

enum class RoomMark { public_room, private_room, direct };

struct RoomRow {
  RoomId id;
  RoomMark mark = RoomMark::public_room;
  std::string name;  // without #; of a direct room: the others' names
  std::uint32_t unread = 0;
  std::uint32_t mentions = 0;
  PresenceMark presence = PresenceMark::offline;  // of a direct room
  bool muted = false;
  bool selected = false;
  bool has_draft = false;
  bool has_unsent = false;  // something waits in the outbox
  bool locked = false;      // archived, or a direct room that has ended
};

struct SideBarSection {
  enum class Kind { requests, unread, rooms, direct, favourites, own };
  Kind kind = Kind::rooms;
  std::vector<RoomRow> rows;
  bool collapsed = false;  // only the open room is shown
  std::size_t index = 0;   // these two: of the person's own
  std::string name{};
};

enum class ConnectionMark { online, connecting, offline, refused };

struct SideBarProps {
  PersonProps self;  // `note` is the status line: "Busy until 11:00", "Online"
  bool do_not_disturb = false;
  bool quiet = false;                    // nothing is told now, because of that or of the hour
  bool threads_shown = false;            // the person follows some, or looks at their list
  bool threads_open = false;             // the list is in the right pane, or a thread
  std::int64_t threads_unread = 0;       // how many have unread replies
  std::vector<SideBarSection> sections;  // in the order shown; empty sections are shown with a hint
  ConnectionMark connection = ConnectionMark::connecting;
  std::string connection_line;  // "office.example · TLS 1.3"
};

}  // namespace wardroom::client
