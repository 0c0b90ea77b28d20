#include "admin/model/list_order.hpp"
#include "admin/model/select_console.hpp"
#include "admin/model/words.hpp"

namespace wardroom::admin {
namespace {

std::string slow_word(std::int64_t seconds) {
  if (seconds % 3600 == 0) return std::to_string(seconds / 3600) + " h";
  if (seconds % 60 == 0) return std::to_string(seconds / 60) + " min";
  return std::to_string(seconds) + " s";
}

std::string state_of(const KnownRoom& room) {
  if (!room.manners) return "";
  const auto& manners = *room.manners;
  if (manners.archived) return "archived";
  std::string text = manners.locked ? "locked" : "open";
  if (manners.slow_mode_s > 0) text += ", slow mode " + slow_word(manners.slow_mode_s);
  return text;
}

RoomRow row_of(const KnownRoom& room) {
  RoomRow row;
  row.id = room.id;
  row.name = room.name;
  row.kind = room.kind == protocol::RoomKind::private_ ? "private" : "public";
  row.topic = room.topic;
  if (room.members) row.members = grouped(*room.members);
  row.member_count = room.members.value_or(-1);
  row.state = state_of(room);
  return row;
}

RoomDetails details_of(const RoomsState& rooms, const KnownRoom& room) {
  RoomDetails details;
  details.state_known = room.manners.has_value();
  if (room.manners) {
    details.locked = room.manners->locked;
    details.archived = room.manners->archived;
    details.slow = room.manners->slow_mode_s > 0;
  }
  details.members_loading = rooms.members_loading;
  details.members_error = rooms.members_error;
  for (const auto& member : rooms.members) {
    std::string role = member.role == protocol::RoomRole::moderator ? "moderator" : "member";
    if (member.muted.value_or(false)) role += ", muted";
    details.members.push_back({member.user.display_name, std::move(role)});
  }
  return details;
}

OrderKey room_key(const RoomRow& row, RoomsColumn column) {
  switch (column) {
    case RoomsColumn::name:
      return {row.name};
    case RoomsColumn::kind:
      return {row.kind};
    case RoomsColumn::members:
      return {"", row.member_count};
    case RoomsColumn::state:
      return {row.state};
    case RoomsColumn::topic:
      return words_key(row.topic);
  }
  return {};
}

}  // namespace

RoomsProps select_rooms(const State& state) {
  const auto& rooms = state.rooms;
  RoomsProps props;
  props.rows.reserve(rooms.list.size());
  for (const auto& room : rooms.list) {
    props.rows.push_back(row_of(room));
    if (room.id != rooms.selected) continue;
    props.selected = room.id;
    props.details = details_of(rooms, room);
  }
  // In another order than the server's only when all of them are there.
  if (!rooms.more) {
    props.sort = rooms.sort;
    if (!(rooms.sort == ListSort{}))
      put_in_order(props.rows, rooms.sort.descending, [&](const RoomRow& row) {
        return room_key(row, static_cast<RoomsColumn>(rooms.sort.column));
      });
  }
  props.list = rooms.list_number;
  props.dialog = rooms.dialog;
  props.dialog_busy = rooms.busy;
  props.dialog_error = rooms.dialog_error;
  props.may_create = state.may_moderate();
  props.query = rooms.query;
  if (rooms.loaded && !rooms.more)
    props.summary = counted(static_cast<std::int64_t>(rooms.list.size()), "room");
  props.loading = rooms.loading || (!rooms.loaded && rooms.error.empty());
  props.more = rooms.more;
  props.error = rooms.error;
  return props;
}

}  // namespace wardroom::admin
