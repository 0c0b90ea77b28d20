#include "client/model/slash_commands.hpp"

#include <array>

#include "client/model/direct.hpp"
#include "client/model/length_words.hpp"
#include "client/model/people.hpp"
#include "client/model/reasons.hpp"
#include "client/model/rooms.hpp"

namespace wardroom::client {
namespace {

constexpr std::array<SlashCommand, 20> kCommands = {{
    {"/me", "/me waves", "Say what you do"},
    {"/topic", "/topic new topic", "Set the room's topic", true},
    {"/invite", "/invite name", "Bring somebody into this room"},
    {"/join", "/join room", "Go to a public room"},
    {"/msg", "/msg name", "Write to one person"},
    {"/leave", "/leave", "Leave this room"},
    {"/end", "/end", "End this conversation for all its people"},
    {"/online", "/online [text]", "Be shown as online"},
    {"/away", "/away [text]", "Be shown as away"},
    {"/busy", "/busy [text]", "Be shown as busy"},
    {"/mute", "/mute name [1h] reason", "Keep somebody from writing here", true},
    {"/unmute", "/unmute name", "Let somebody write again", true},
    {"/kick", "/kick name reason", "Remove somebody from this room", true},
    {"/ban", "/ban name [1d] reason", "Keep somebody out of this room", true},
    {"/unban", "/unban name", "Let somebody come in again", true},
    {"/lock", "/lock reason", "Let only moderators write", true},
    {"/unlock", "/unlock reason", "Let everybody write again", true},
    {"/slow", "/slow 30s reason", "One message each in so many seconds; /slow off", true},
    {"/archive", "/archive reason", "Close this room; it can still be read", true},
    {"/keys", "/keys", "Keyboard shortcuts"},
}};

// Cuts the first word off.
std::string_view take_word(std::string_view& rest) {
  const auto space = rest.find_first_of(" \n\t");
  const std::string_view word = rest.substr(0, space);
  rest = space == std::string_view::npos ? std::string_view{} : rest.substr(space);
  rest.remove_prefix(std::min(rest.find_first_not_of(" \n\t"), rest.size()));
  return word;
}

// Who is called that; not set, and said, when nobody is.
UserId find_named(Turn& turn, std::string_view name) {
  if (name.starts_with('@')) name.remove_prefix(1);
  for (const auto& [id, person] : turn.state.people)
    if (!name.empty() && person.user.name == name) return id;
  show_toast(turn, name.empty() ? "Whom? Type a name behind it."
                                : "There's nobody here named @" + std::string(name) + ".");
  return {};
}

// With its reason it is done at once; without, the dialog asks.
bool take(Turn& turn, const AskReason& what, std::string_view reason, std::int64_t seconds = 0,
          bool ask_length = false) {
  if (reason.empty() || ask_length)
    ask_reason(turn, what, std::string(reason), ask_length ? std::nullopt : std::optional(seconds));
  else
    take_action(turn, what, std::string(reason), seconds);
  return true;
}

bool take_against(Turn& turn, const RoomState& room, ReasonedAction act, std::string_view rest) {
  const UserId user = find_named(turn, take_word(rest));
  if (!user.is_set()) return false;
  std::string_view behind = rest;
  std::int64_t seconds = 0;
  bool ask_length = false;
  if (act != ReasonedAction::kick) {
    const auto length = parse_length(take_word(behind));
    if (length) rest = behind;
    seconds = length.value_or(0);
    ask_length = !length;
  }
  return take(turn, {act, room.info.id, {}, user}, rest, seconds, ask_length);
}

bool slow_down(Turn& turn, const RoomState& room, std::string_view rest) {
  const std::string_view word = take_word(rest);
  const auto length = word == "off" || word == "0" ? std::optional<std::int64_t>(0) : parse_length(word);
  if (!length) return take(turn, {ReasonedAction::slow_mode, room.info.id, {}, {}}, {}, 0, true);
  return take(turn, {ReasonedAction::slow_mode, room.info.id, {}, {}}, rest, *length);
}

bool invite(Turn& turn, const RoomState& room, std::string_view name) {
  const UserId user = find_named(turn, name);
  if (!user.is_set()) return false;
  if (!turn.call<protocol::RoomAddMember>({room.info.id, user})) show_toast(turn, kOffline);
  return true;
}

bool run_moderation(Turn& turn, RoomState& room, std::string_view name, std::string_view rest) {
  const RoomId id = room.info.id;
  if (name == "/mute") return take_against(turn, room, ReasonedAction::mute, rest);
  if (name == "/kick") return take_against(turn, room, ReasonedAction::kick, rest);
  if (name == "/ban") return take_against(turn, room, ReasonedAction::ban, rest);
  if (name == "/lock") return take(turn, {ReasonedAction::lock, id, {}, {}}, rest);
  if (name == "/unlock") return take(turn, {ReasonedAction::unlock, id, {}, {}}, rest);
  if (name == "/archive") return take(turn, {ReasonedAction::archive, id, {}, {}}, rest);
  if (name == "/slow") return slow_down(turn, room, rest);
  if (name == "/invite") return invite(turn, room, rest);
  if (name == "/unmute" || name == "/unban") {
    const UserId user = find_named(turn, take_word(rest));
    if (!user.is_set()) return false;
    if (name == "/unmute")
      fold(turn, Unmute{id, user});
    else
      lift_ban(turn, id, user);
    return true;
  }
  show_toast(turn, "There is no command like that. Type / to see them all.");
  return false;
}

}  // namespace

std::span<const SlashCommand> slash_commands() {
  return kCommands;
}

bool run_command(Turn& turn, RoomState& room, std::string_view name, std::string_view rest) {
  if (name == "/topic") {
    if (!turn.call<protocol::RoomUpdate>({room.info.id, std::nullopt, std::string(rest)}))
      show_toast(turn, "You're offline. The topic wasn't changed.");
  } else if (name == "/join" && !rest.empty()) {
    join_by_name(turn, std::string(rest));
  } else if (name == "/msg" && !rest.empty()) {
    const UserId user = find_named(turn, rest);
    if (!user.is_set()) return false;
    fold(turn, OpenDirect{{user}});
  } else if (name == "/leave") {
    fold(turn, LeaveRoom{room.info.id});
  } else if (name == "/end") {
    fold(turn, EndDirect{room.info.id});
  } else if (name == "/online") {
    fold(turn, SetPresence{PresenceMark::online, std::string(rest)});
  } else if (name == "/away") {
    fold(turn, SetPresence{PresenceMark::away, std::string(rest)});
  } else if (name == "/busy") {
    fold(turn, SetPresence{PresenceMark::busy, std::string(rest)});
  } else if (name == "/keys") {
    turn.state.dialog = Dialog::keys;
  } else {
    return run_moderation(turn, room, name, rest);
  }
  return true;
}

}  // namespace wardroom::client
