#include "client/model/message_change.hpp"

#include <algorithm>

namespace wardroom::client {
namespace {

using protocol::Message;

void apply(Message& message, const protocol::MessageEdited& event) {
  message.text = event.text;
  message.edited_at = event.at;
}

void apply(Message& message, const protocol::MessageDeleted& event) {
  message.deleted = true;
  message.deleted_by = event.by;
  message.delete_reason = event.reason;
  strip_tombstone(message);
}

void apply(Message& message, const protocol::MessageRestored& event) {
  message = event.message;
}

void apply(Message& message, const protocol::MessageReacted& event) {
  auto reactions = message.reactions.value_or(std::vector<protocol::Reaction>{});
  auto at = std::find_if(reactions.begin(), reactions.end(),
                         [&](const protocol::Reaction& one) { return one.emoji == event.emoji; });
  if (event.on) {
    if (at == reactions.end()) at = reactions.insert(at, {event.emoji, {}});
    if (std::find(at->users.begin(), at->users.end(), event.user) == at->users.end())
      at->users.push_back(event.user);
  } else if (at != reactions.end()) {
    std::erase(at->users, event.user);
    if (at->users.empty()) reactions.erase(at);
  }
  message.reactions.reset();
  if (!reactions.empty()) message.reactions = std::move(reactions);
}

void apply(Message& message, const protocol::MessagePinned& event) {
  message.pinned.reset();
  if (event.on) message.pinned = true;
}

void apply(Message& message, const protocol::ThreadChanged& event) {
  message.replies = event.replies;
}

struct Target {
  Seq operator()(const protocol::MessageRestored& event) const { return event.message.seq; }
  Seq operator()(const protocol::ThreadChanged& event) const { return event.root; }
  template <class E>
  Seq operator()(const E& event) const {
    return event.message;
  }
};

}  // namespace

RoomId room_of(const MessageChange& change) {
  return std::visit([](const auto& event) { return event.room; }, change);
}

Seq seq_of(const MessageChange& change) {
  return std::visit(
      [](const auto& event) {
        if constexpr (requires { event.changed; })
          return event.changed;
        else
          return event.seq;
      },
      change);
}

Seq message_of(const MessageChange& change) {
  return std::visit(Target{}, change);
}

bool apply_change(Message& message, const MessageChange& change) {
  if (message.changed.value_or(message.seq) >= seq_of(change)) return false;
  std::visit([&](const auto& event) { apply(message, event); }, change);
  message.changed = seq_of(change);
  return true;
}

void strip_tombstone(Message& message) {
  if (!message.deleted.value_or(false)) return;
  message.text.clear();
  message.edited_at.reset();
  message.reactions.reset();
  message.pinned.reset();
  message.files.reset();
}

}  // namespace wardroom::client
