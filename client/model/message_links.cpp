#include "client/model/message_links.hpp"

#include <algorithm>

#include "client/model/history.hpp"
#include "client/model/people.hpp"
#include "client/model/room_name.hpp"
#include "client/model/rooms.hpp"
#include "client/model/select_timeline.hpp"
#include "client/model/thread.hpp"
#include "common/desk/model/words.hpp"
#include "common/language/tr.hpp"

namespace wardroom::client {
namespace {

constexpr std::string_view kLinkScheme = "wardroom://";
constexpr std::size_t kMostCards = 3;     // beneath one message
constexpr std::size_t kMostLinked = 400;  // in memory

protocol::ServerAddress address_of(const State& state) {
  return {state.server->host, state.server->port};
}

// A bare link, up to where the sentence goes on.
std::string_view link_at(std::string_view text) {
  auto link = text.substr(0, text.find_first_of(" \t\r\n<>"));
  while (!link.empty() && (link.back() < '0' || link.back() > '9')) link.remove_suffix(1);
  return link;
}

LinkCardProps card_of(const State& state, MessagePlace place, const LinkedMessage& linked) {
  const auto* room = state.find_room(place.room);
  if (!room) return {"", tr("A message in a room that you aren't in."), false};
  const auto* message = find_message(state, place.room, place.seq);
  if (!message && linked.message) message = &*linked.message;
  if (!message) {
    if (linked.known) return {"", tr("This message is no longer there."), false};
    if (!linked.trouble.empty()) return {"", linked.trouble, true};
    return {"", linked.asked ? tr("Loading…") : tr("You're offline. It's shown when the connection is back."),
            true};
  }
  const bool direct = room->info.kind == protocol::RoomKind::direct;
  LinkCardProps card;
  card.there = true;
  card.head = name_in_sentence(state, message->author) + " · " + (direct ? "" : "#") +
              room_name(state, *room) + " · " + desk::past_text(state.zone, message->at, state.wall);
  card.text = message->deleted.value_or(false) ? tr("This message was deleted.") : excerpt_of(*message);
  return card;
}

}  // namespace

std::string link_base(const State& state, RoomId room) {
  if (!state.server) return {};
  std::string link = protocol::compose_message_link({address_of(state), room, Seq{}});
  link.resize(link.rfind('/') + 1);
  return link;
}

std::vector<MessagePlace> links_in(const State& state, const std::string& text) {
  std::vector<MessagePlace> places;
  if (!state.server) return places;
  for (std::size_t at = text.find(kLinkScheme); at != std::string::npos && places.size() < kMostCards;
       at = text.find(kLinkScheme, at + kLinkScheme.size())) {
    // One with words of its own stands in brackets.
    if (at > 0 && text[at - 1] == '(') continue;
    const auto link = protocol::parse_message_link(link_at(std::string_view(text).substr(at)));
    if (!link || !protocol::is_same_server(link->server, address_of(state))) continue;
    const MessagePlace place{link->room, link->seq};
    if (std::find(places.begin(), places.end(), place) == places.end()) places.push_back(place);
  }
  return places;
}

LinkCards select_link_cards(const State& state) {
  LinkCards cards;
  for (const auto& [place, linked] : state.links.messages)
    cards.emplace(place, card_of(state, place, linked));
  return cards;
}

void follow_link(Turn& turn, const protocol::MessageLink& link) {
  State& state = turn.state;
  state.links.wanted.reset();
  if (!state.signed_in() || state.held_up()) {
    state.links.wanted = link;
    return show_toast(turn, tr("Sign in, and the message is opened."), false);
  }
  if (!protocol::is_same_server(link.server, address_of(state)))
    return show_toast(turn, tr("That message is on another server, {0}. You're signed in to {1}.",
                               protocol::to_string(link.server), protocol::to_string(address_of(state))));
  if (!state.find_room(link.room)) {
    if (!state.online() || state.rooms_listing) {
      state.links.wanted = link;
      if (!state.online()) show_toast(turn, tr("The message is opened when the connection is back."), false);
      return;
    }
    return show_toast(
        turn, tr("That message is in a room that you aren't in. Join it, or ask somebody there to add you."));
  }
  state.dialog = Dialog::none;
  state.viewer = {};
  if (state.open_room != link.room) open_room(turn, link.room);
  fold(turn, JumpToMessage{link.room, link.seq});
}

void follow_wanted_link(Turn& turn) {
  auto& wanted = turn.state.links.wanted;
  if (!wanted || turn.state.held_up()) return;
  follow_link(turn, protocol::MessageLink(*wanted));
}

void change_linked(Turn& turn, const MessageChange& change) {
  const auto at = turn.state.links.messages.find({room_of(change), message_of(change)});
  if (at == turn.state.links.messages.end() || !at->second.message) return;
  apply_change(*at->second.message, change);
  ++turn.state.revisions.ui;
}

void forget_linked(Turn& turn, RoomId room) {
  std::erase_if(turn.state.links.messages, [&](const auto& one) { return one.first.room == room; });
}

void retry_linked(Turn& turn) {
  std::erase_if(turn.state.links.messages, [](const auto& one) { return !one.second.known; });
}

void fold(Turn& turn, const WantLinked& action) {
  State& state = turn.state;
  auto& all = state.links.messages;
  if (all.contains(action.place)) return;
  if (all.size() >= kMostLinked) all.clear();
  auto& linked = all[action.place];
  if (!state.find_room(action.place.room) || find_message(state, action.place.room, action.place.seq)) return;
  const Seq seq = action.place.seq;
  // Two: the one before it, if any, and itself.
  linked.asked = turn.call<protocol::MessageHistory>({action.place.room, std::nullopt, std::nullopt, seq, 2},
                                                     ToQuote{action.place});
}

void fold(Turn& turn, const GoToMessage& action) {
  const auto& [room, seq] = action.place;
  if (!turn.state.find_room(room)) return show_toast(turn, tr("You aren't in that room any more."));
  if (turn.state.open_room != room) open_room(turn, room);
  fold(turn, JumpToMessage{room, seq});
}

void fold(Turn& turn, const Answer<protocol::MessageHistory, ToQuote>& answer) {
  const auto at = turn.state.links.messages.find(answer.purpose.place);
  if (at == turn.state.links.messages.end()) return;
  auto& linked = at->second;
  linked.asked = false;
  if (!answer.result) {
    linked.trouble = answer.result.error().message;
    return;
  }
  linked.known = true;
  learn_people(turn, answer.result->users);
  for (const auto& message : answer.result->messages)
    if (message.seq == answer.purpose.place.seq) linked.message = message;
}

}  // namespace wardroom::client
