#pragma once

#include <span>
#include <string_view>

#include "client/model/actions.hpp"
#include "client/model/turn.hpp"

// From what the person types to what goes into the outbox.
namespace wardroom::client {

struct SlashCommand {
  std::string_view name;
  std::string_view usage;
  std::string_view meaning;
};
// What / lists.
std::span<const SlashCommand> slash_commands();

// Drafts are saved when typing pauses and when the room is left.
void save_draft(Turn& turn, RoomState& room);
void save_due_drafts(Turn& turn);

void fold(Turn& turn, const SendMessage& action);
void fold(Turn& turn, const ChangeDraft& action);
void fold(Turn& turn, const EditLast& action);
void fold(Turn& turn, const CancelEdit& action);
void fold(Turn& turn, const StartReply& action);
void fold(Turn& turn, const CancelReply& action);

}  // namespace wardroom::client
