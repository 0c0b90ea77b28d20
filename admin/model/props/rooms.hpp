#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "admin/model/props/list_sort.hpp"
#include "common/base/strong.hpp"

namespace wardroom::admin {

struct RoomRow {
  RoomId id;
  std::string name;
  std::string kind;
  std::string topic;
  std::string members;  // "14"; empty: not known
  std::int64_t member_count = -1;
  std::string state;  // "open", "locked, slow mode 30 s"; empty: not known
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

// A room to be made, or as it is changed.
struct RoomForm {
  std::string name;
  std::string topic;
  bool is_private = false;
};
enum class RoomsDialog { none, add, edit };

// The columns of the list, as its titles stand.
enum class RoomsColumn { name, kind, members, state, topic };

struct RoomsProps {
  RoomsDialog dialog = RoomsDialog::none;
  bool dialog_busy = false;
  std::string dialog_error;
  bool may_create = false;
  ListSort sort{};         // of the rows
  std::uint64_t list = 0;  // another number than before: another list, to be read from its top
  std::vector<RoomRow> rows;
  std::string query;
  std::string summary;
  bool loading = false;
  bool more = false;
  std::string error;
  RoomId selected;
  RoomDetails details;
};

}  // namespace wardroom::admin
