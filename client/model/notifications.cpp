#include "client/model/notifications.hpp"

#include <algorithm>

#include "client/model/room_name.hpp"
#include "client/model/rooms.hpp"
#include "common/base/utf8.hpp"
#include "common/text/mentions.hpp"

namespace wardroom::client {
namespace {

constexpr std::size_t kNotifiedBytes = 200;

}  // namespace

bool mentions(const State& state, std::string_view written) {
  if (!state.me) return false;
  const auto is_somebody = [&](const std::string& name) {
    return std::ranges::any_of(state.people,
                               [&](const auto& person) { return person.second.user.name == name; });
  };
  const auto called = text::find_mentions(written);
  return text::names_everybody(called) || std::ranges::any_of(called, [&](const text::Called& names) {
           const auto mine = std::ranges::find(names, state.me->name);
           return mine != names.end() && std::none_of(names.begin(), mine, is_somebody);
         });
}

void notify_of(Turn& turn, const RoomState& room, const protocol::Message& message) {
  const State& state = turn.state;
  if (!state.me || message.author == state.me->id || state.settings.do_not_disturb || room.muted) return;
  if (state.focused && state.open_room == room.info.id) return;
  const bool direct = room.info.kind == protocol::RoomKind::direct;
  if (!direct && !mentions(state, message.text)) return;
  std::string title = person_name(state, message.author);
  if (!direct) title += " in #" + room.info.name;
  turn.effect(
      Notify{room.info.id, std::move(title), std::string(truncate_utf8(message.text, kNotifiedBytes))});
}

void fold(Turn& turn, const NotificationPressed& event) {
  open_room(turn, event.room);
}

}  // namespace wardroom::client
