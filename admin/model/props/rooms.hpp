#pragma once

#include <string>
#include <vector>

#include "common/base/strong.hpp"

namespace wardroom::admin {

struct RoomRow {
  RoomId id;
  std::string name;
  std::string kind;
  std::string topic;
  std::string members;  // "14"; empty: not known
  std::string state;    // "open", "locked, slow mode 30 s"; empty: not known
};

struct RoomMember {
  std::string name;
  std::string role;  // "moderator", "member, muted"
};

struct RoomDetails {
  bool state_known = false;
  bool locked = false;
  bool archived = false;
  bool slow = false;
  bool members_loading = false;
  std::string members_error;
  std::vector<RoomMember> members;
};

struct RoomsProps {
  std::vector<RoomRow> rows;  // by name
  std::string query;
  std::string summary;
  bool loading = false;
  bool more = false;
  std::string error;
  RoomId selected;
  RoomDetails details;
};

}  // namespace wardroom::admin
