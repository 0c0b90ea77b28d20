#include "client/model/forwarding.hpp"

#include "client/model/message_links.hpp"
#include "client/model/outbox.hpp"
#include "client/model/room_name.hpp"
#include "client/model/room_order.hpp"
#include "client/model/select_people.hpp"
#include "client/model/select_timeline.hpp"
#include "client/model/standing.hpp"
#include "client/model/thread.hpp"
#include "common/base/trimmed.hpp"
#include "common/base/utf8.hpp"
#include "common/language/tr.hpp"
#include "protocol/limits.hpp"

namespace wardroom::client {
namespace {

// Between @ and the name, it is seen by nobody and keeps the server from telling whom the quotation names
// (U+2060).
constexpr std::string_view kWordJoiner = "\xE2\x81\xA0";

const protocol::Message* find_forwarded(const State& state, MessagePlace place) {
  const auto* message = find_message(state, place.room, place.seq);
  return message && !message->deleted.value_or(false) ? message : nullptr;
}

std::string as_quotation(std::string_view text) {
  std::string lines = "> ";
  for (const char c : text) {
    lines += c;
    if (c == '\n') lines += "> ";
    if (c == '@') lines += kWordJoiner;
  }
  return lines;
}

// Of files the names: they stay with the message, where the link leads.
std::string words_of(const protocol::Message& message) {
  std::string words = message.text.starts_with("/me ") ? message.text.substr(4) : message.text;
  if (message.files)
    for (const auto& file : *message.files) words += (words.empty() ? "" : "\n") + ("[" + file.name + "]");
  return words;
}

std::string source_of(const State& state, const RoomState& from, const protocol::Message& message) {
  // Who else is in a direct room is nobody's business elsewhere.
  const std::string where =
      from.info.kind == protocol::RoomKind::direct ? tr("a direct message") : "#" + from.info.name;
  return "\n— " + person_name(state, message.author) + ", [" + where + "](" + link_base(state, from.info.id) +
         std::to_string(message.seq.value) + ")";
}

}  // namespace

std::string forwarded_text(const State& state, const RoomState& from, const protocol::Message& message,
                           const std::string& comment) {
  std::string own(trimmed(comment));
  if (!own.empty()) own += '\n';
  const std::string source = source_of(state, from, message);
  std::string quotation = as_quotation(words_of(message));
  const std::size_t taken = own.size() + source.size();
  // The rest of it stands where the link leads.
  if (taken + quotation.size() > protocol::kMaxTextBytes && taken + 8 < protocol::kMaxTextBytes)
    quotation = std::string(truncate_utf8(quotation, protocol::kMaxTextBytes - taken - 8)) + "…";
  return own + quotation + source;
}

ForwardProps select_forward(const State& state) {
  const auto& asked = state.forward;
  ForwardProps props;
  props.serial = asked.serial;
  props.error = asked.error;
  if (const auto* message = find_forwarded(state, asked.place)) {
    props.quote = {message->seq, person_name(state, message->author), excerpt_of(*message)};
    props.has_files = message->files && !message->files->empty();
  }
  for (const RoomId id : room_order(state)) {
    const auto& room = *state.find_room(id);
    if (hindrance_of(state, room) != Hindrance::none) continue;
    SwitcherProps::Entry entry;
    entry.room = id;
    entry.mark = room_mark(room);
    entry.name = room_name(state, room);
    entry.detail = room.info.topic;
    if (const UserId other = only_other(state, room); other.is_set()) {
      entry.presence = person_props(state, other).presence;
      entry.detail = "@" + person_props(state, other).name;
    }
    props.entries.push_back(std::move(entry));
  }
  return props;
}

void fold(Turn& turn, const StartForward& action) {
  State& state = turn.state;
  if (!find_forwarded(state, action.place)) return;
  state.forward = {action.place, state.forward.serial + 1, {}};
  state.dialog = Dialog::forward;
}

void fold(Turn& turn, const Forward& action) {
  State& state = turn.state;
  auto& asked = state.forward;
  const auto* from = state.find_room(asked.place.room);
  const auto* message = find_forwarded(state, asked.place);
  const auto* to = state.find_room(action.to);
  // The dialog stays, and with it what was typed.
  if (!message) {
    asked.error = tr("The message was deleted meanwhile.");
    return;
  }
  if (!to || hindrance_of(state, *to) != Hindrance::none) {
    asked.error = tr("You can't post in that room any more. Choose another one.");
    return;
  }
  std::string text = forwarded_text(state, *from, *message, action.comment);
  if (text.size() > protocol::kMaxTextBytes) {
    asked.error = tr("What you wrote about it is too long. Shorten it.");
    return;
  }
  send_alone(turn, *to, std::move(text));
  state.dialog = Dialog::none;
  const bool direct = to->info.kind == protocol::RoomKind::direct;
  show_toast(turn, tr("Forwarded to {0}.", (direct ? room_name(state, *to) : "#" + to->info.name)), false);
}

}  // namespace wardroom::client
