#include "client/model/direct.hpp"

#include <algorithm>

#include "client/model/attention.hpp"
#include "client/model/notifications.hpp"
#include "client/model/room_name.hpp"
#include "client/model/rooms.hpp"
#include "common/language/tr.hpp"

namespace wardroom::client {
namespace {

using protocol::DirectState;

void told(Turn& turn, const RoomState& room, std::string title, std::string text) {
  if (is_quiet(turn.state)) return;
  if (turn.state.focused) return show_toast(turn, title + ": " + text, false);
  notify_of_room(turn, room, std::move(title), std::move(text));
}

}  // namespace

bool is_request(const RoomState& room) {
  return room.info.direct == DirectState::requested && !room.info.accepted.value_or(false);
}

Notice::Kind direct_notice(const RoomState& room, const protocol::DirectChanged& event) {
  switch (event.state) {
    case DirectState::requested:
      return event.requested_by == event.by ? Notice::Kind::asked : Notice::Kind::accepted;
    case DirectState::open:
      // Where nobody has to accept, it is open as soon as it is asked for.
      return room.info.direct == DirectState::ended ? Notice::Kind::unarchived : Notice::Kind::accepted;
    case DirectState::ended:
      break;
  }
  return room.info.direct == DirectState::requested ? Notice::Kind::declined : Notice::Kind::ended;
}

void change_direct(Turn& turn, RoomState& room, const protocol::DirectChanged& event) {
  auto& info = room.info;
  const auto before = info.direct;
  const bool mine = turn.state.is_me(event.by);
  const bool asked_anew = event.state == DirectState::requested && event.requested_by == event.by;
  info.direct = event.state;
  if (event.requested_by) info.requested_by = event.requested_by;
  if (event.state == DirectState::open || mine) info.accepted = true;
  if (asked_anew && !mine) info.accepted = false;
  room.timeline.touch_all();
  if (mine) return;
  if (asked_anew) return tell_of_request(turn, room);
  if (before != DirectState::requested) return;
  const std::string who = person_name(turn.state, event.by);
  if (event.state == DirectState::open)
    told(turn, room, room_name(turn.state, room), tr("{0} accepted. You can chat now.", who));
  if (event.state == DirectState::ended && info.requested_by && turn.state.is_me(*info.requested_by))
    told(turn, room, room_name(turn.state, room), tr("{0} declined.", who));
}

void tell_of_request(Turn& turn, const RoomState& room) {
  if (!is_request(room)) return;
  const UserId by = room.info.requested_by.value_or(UserId{});
  if (turn.state.is_me(by)) return;
  told(turn, room, person_name(turn.state, by), tr("Would like to write to you."));
}

void fold(Turn& turn, const AcceptDirect& action) {
  if (!turn.call<protocol::DirectAccept>({action.room})) show_toast(turn, offline_text());
}

void fold(Turn& turn, const DeclineDirect& action) {
  if (!turn.call<protocol::DirectDecline>({action.room})) show_toast(turn, offline_text());
}

void fold(Turn& turn, const EndDirect& action) {
  if (!turn.call<protocol::DirectEnd>({action.room})) show_toast(turn, offline_text());
}

void fold(Turn& turn, const AskAgain& action) {
  const auto* room = turn.state.find_room(action.room);
  if (!room || !room->info.users) return;
  std::vector<UserId> people;
  for (const auto& user : *room->info.users)
    if (!turn.state.is_me(user.id)) people.push_back(user.id);
  fold(turn, OpenDirect{std::move(people)});
}

void fold(Turn& turn, const Answer<protocol::DirectAccept>& answer) {
  if (!answer.result) return show_toast(turn, answer.result.error().message);
  list_rooms(turn);
}

void fold(Turn& turn, const Answer<protocol::DirectDecline>& answer) {
  if (!answer.result) return show_toast(turn, answer.result.error().message);
  list_rooms(turn);
}

void fold(Turn& turn, const Answer<protocol::DirectEnd>& answer) {
  if (!answer.result) show_toast(turn, answer.result.error().message);
}

}  // namespace wardroom::client
