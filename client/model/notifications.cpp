#include "client/model/notifications.hpp"

#include "client/model/room_name.hpp"
#include "client/model/rooms.hpp"
#include "common/base/utf8.hpp"

namespace wardroom::client {
namespace {

constexpr std::size_t kNotifiedBytes = 200;

bool belongs_to_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
         static_cast<unsigned char>(c) >= 0x80;
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool names(std::string_view text, std::size_t at, std::string_view name) {
  if (name.empty() || text.size() - at < name.size()) return false;
  for (std::size_t i = 0; i < name.size(); ++i)
    if (lower(text[at + i]) != lower(name[i])) return false;
  const std::size_t end = at + name.size();
  // "@lena." names lena, "@lena.k" names lena.k.
  if (end == text.size()) return true;
  if (text[end] == '.') return end + 1 == text.size() || !belongs_to_word(text[end + 1]);
  return !belongs_to_word(text[end]);
}

}  // namespace

bool mentions(std::string_view text, std::string_view name) {
  bool in_code = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '`') in_code = !in_code;
    if (text[at] != '@' || in_code) continue;
    if (at > 0 && (belongs_to_word(text[at - 1]) || text[at - 1] == '.')) continue;
    if (names(text, at + 1, name) || names(text, at + 1, "room")) return true;
  }
  return false;
}

void notify_of(Turn& turn, const RoomState& room, const protocol::Message& message) {
  const State& state = turn.state;
  if (!state.me || message.author == state.me->id || state.settings.do_not_disturb || room.muted) return;
  if (state.focused && state.open_room == room.info.id) return;
  const bool direct = room.info.kind == protocol::RoomKind::direct;
  if (!direct && !mentions(message.text, state.me->name)) return;
  std::string title = person_name(state, message.author);
  if (!direct) title += " in #" + room.info.name;
  turn.effect(
      Notify{room.info.id, std::move(title), std::string(truncate_utf8(message.text, kNotifiedBytes))});
}

void fold(Turn& turn, const NotificationPressed& event) {
  open_room(turn, event.room);
}

}  // namespace wardroom::client
