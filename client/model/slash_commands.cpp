#include "client/model/slash_commands.hpp"

#include <algorithm>
#include <array>

#include "client/model/composer.hpp"
#include "client/model/direct.hpp"
#include "client/model/length_words.hpp"
#include "client/model/people.hpp"
#include "client/model/reasons.hpp"
#include "client/model/room_name.hpp"
#include "client/model/rooms.hpp"
#include "common/base/trimmed.hpp"
#include "common/language/tr.hpp"

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
    {"/mute", "/mute name [1h] reason", "Keep somebody from posting here", true},
    {"/unmute", "/unmute name", "Let somebody post again", true},
    {"/kick", "/kick name reason", "Remove somebody from this room", true},
    {"/ban", "/ban name [1d] reason", "Keep somebody out of this room", true},
    {"/unban", "/unban name", "Let somebody join again", true},
    {"/lock", "/lock reason", "Let only moderators post", true},
    {"/unlock", "/unlock reason", "Let everybody post again", true},
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

// What was typed, and where.
struct Written {
  RoomId room;
  std::string_view text;
};

void refuse_name(Turn& turn, std::string_view name) {
  show_toast(turn, tr("There's nobody here named @{0}.", std::string(name)));
}

UserId find_known(const State& state, std::string_view name) {
  UserId found;
  for (const auto& [id, person] : state.people) {
    if (person.user.name == name) return id;
    if (same_name(person.user.name, name)) found = id;
  }
  return found;
}

// Who is called that. Not set when it isn't known here: then the server is asked, and the command is run
// again if it knows; or, said, when it can't be.
UserId find_named(Turn& turn, const Written& written, std::string_view name) {
  if (name.starts_with('@')) name.remove_prefix(1);
  if (name.empty()) {
    show_toast(turn, tr("Who? Type a name after the command."));
    return {};
  }
  const UserId known = find_known(turn.state, name);
  if (known.is_set()) return known;
  protocol::UserList::Params params;
  params.query = name;
  if (!turn.call<protocol::UserList>(std::move(params),
                                     ToRun{written.room, std::string(written.text), std::string(name)}))
    show_toast(turn, tr("@{0} isn't known on this PC. {1}", std::string(name), offline_text()));
  return {};
}

Typed as_typed(const Written& written) {
  return {written.room, std::string(written.text)};
}

// Sends what a command wants. False: offline, and the text stays.
template <class M>
bool send_typed(Turn& turn, const Written& written, typename M::Params params) {
  const bool sent = turn.call<M>(std::move(params), as_typed(written));
  if (!sent) show_toast(turn, offline_text());
  return sent;
}

// With its reason it is done at once; without, the dialog asks.
bool take(Turn& turn, const Written& written, const AskReason& what, std::string_view reason,
          std::int64_t seconds = 0, bool ask_length = false) {
  if (!reason.empty() && !ask_length)
    return take_action(turn, what, std::string(reason), seconds, as_typed(written));
  ask_reason(turn, what, std::string(reason), ask_length ? std::nullopt : std::optional(seconds));
  return true;
}

bool take_against(Turn& turn, const RoomState& room, const Written& written, ReasonedAction act,
                  std::string_view rest) {
  const UserId user = find_named(turn, written, take_word(rest));
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
  return take(turn, written, {act, room.info.id, {}, user}, rest, seconds, ask_length);
}

bool slow_down(Turn& turn, const RoomState& room, const Written& written, std::string_view rest) {
  const std::string_view word = take_word(rest);
  const auto length = word == "off" || word == "0" ? std::optional<std::int64_t>(0) : parse_length(word);
  const AskReason what{ReasonedAction::slow_mode, room.info.id, {}, {}};
  if (!length) return take(turn, written, what, {}, 0, true);
  return take(turn, written, what, rest, *length);
}

bool invite(Turn& turn, const RoomState& room, const Written& written, std::string_view name) {
  const UserId user = find_named(turn, written, name);
  if (!user.is_set()) return false;
  return send_typed<protocol::RoomAddMember>(turn, written, {room.info.id, user});
}

bool run_moderation(Turn& turn, RoomState& room, const Written& written, std::string_view name,
                    std::string_view rest) {
  const RoomId id = room.info.id;
  if (name == "/mute") return take_against(turn, room, written, ReasonedAction::mute, rest);
  if (name == "/kick") return take_against(turn, room, written, ReasonedAction::kick, rest);
  if (name == "/ban") return take_against(turn, room, written, ReasonedAction::ban, rest);
  if (name == "/lock") return take(turn, written, {ReasonedAction::lock, id, {}, {}}, rest);
  if (name == "/unlock") return take(turn, written, {ReasonedAction::unlock, id, {}, {}}, rest);
  if (name == "/archive") return take(turn, written, {ReasonedAction::archive, id, {}, {}}, rest);
  if (name == "/slow") return slow_down(turn, room, written, rest);
  if (name == "/invite") return invite(turn, room, written, rest);
  if (name == "/unmute" || name == "/unban") {
    const UserId user = find_named(turn, written, take_word(rest));
    if (!user.is_set()) return false;
    return name == "/unmute" ? send_typed<protocol::ModerationUnmute>(turn, written, {id, user, {}})
                             : send_typed<protocol::ModerationUnban>(turn, written, {id, user, {}});
  }
  show_toast(turn, tr("There's no such command. Type / to see them all."));
  return false;
}

}  // namespace

std::span<const SlashCommand> slash_commands() {
  return kCommands;
}

bool run_command(Turn& turn, RoomState& room, std::string_view text) {
  const Written written{room.info.id, text};
  std::string_view rest = text;
  const std::string_view name = take_word(rest);
  if (name == "/topic") {
    if (turn.call<protocol::RoomUpdate>({room.info.id, std::nullopt, std::string(rest)}, as_typed(written)))
      return true;
    show_toast(turn, tr("You're offline. The topic wasn't changed."));
    return false;
  } else if (name == "/join" && !rest.empty()) {
    return join_by_name(turn, std::string(rest), as_typed(written));
  } else if (name == "/msg" && !rest.empty()) {
    const UserId user = find_named(turn, written, rest);
    if (!user.is_set()) return false;
    return send_typed<protocol::DirectOpen>(turn, written, {{user}});
  } else if (name == "/leave") {
    fold(turn, LeaveRoom{room.info.id});
  } else if (name == "/end") {
    fold(turn, EndDirect{room.info.id});
  } else if (name == "/online") {
    set_own_presence(turn, PresenceMark::online, std::string(rest), as_typed(written));
  } else if (name == "/away") {
    set_own_presence(turn, PresenceMark::away, std::string(rest), as_typed(written));
  } else if (name == "/busy") {
    set_own_presence(turn, PresenceMark::busy, std::string(rest), as_typed(written));
  } else if (name == "/keys") {
    turn.state.dialog = Dialog::keys;
  } else {
    return run_moderation(turn, room, written, name, rest);
  }
  return true;
}

// The directory finds the beginnings of names, display names too: the one that is meant may be on a later
// page.
void fold(Turn& turn, const Answer<protocol::UserList, ToRun>& answer) {
  const ToRun& purpose = answer.purpose;
  if (!answer.result) {
    // Guests have no directory.
    if (answer.result.error().code == ErrorCode::forbidden) return refuse_name(turn, purpose.name);
    return show_toast(turn, answer.result.error().message);
  }
  const auto& users = answer.result->users;
  const auto found =
      std::ranges::find_if(users, [&](const auto& user) { return same_name(user.name, purpose.name); });
  if (found != users.end()) {
    learn_people(turn, {*found});
    const auto* room = turn.state.find_room(purpose.room);
    // Who has typed on meanwhile presses Enter again.
    if (room && !room->editing && trimmed(room->draft) == purpose.text)
      fold(turn, SendMessage{purpose.room, room->draft});
    return;
  }
  if (!answer.result->more || users.empty() || users.back().name == answer.params.after)
    return refuse_name(turn, purpose.name);
  auto params = answer.params;
  params.after = users.back().name;
  if (!turn.call<protocol::UserList>(std::move(params), ToRun{purpose})) show_toast(turn, offline_text());
}

}  // namespace wardroom::client
