#pragma once

#include <string>
#include <vector>

#include "client/model/props/emoji.hpp"
#include "client/model/props/files.hpp"
#include "client/model/props/person.hpp"
#include "client/model/props/spelling.hpp"
#include "client/model/props/timeline.hpp"
#include "common/base/strong.hpp"

namespace wardroom::client {

struct CommandProps {
  std::string name;     // "/topic"
  std::string usage;    // "/topic new topic"
  std::string meaning;  // "Set the room's topic"
};

// What helps where nothing can be written.
enum class ComposerAct { none, answer_request, ask_again };

struct ComposerProps {
  RoomId room;
  std::string placeholder;  // "Message # release-7"
  std::string draft;        // taken over when `draft_version` changes, for example after a change of room
  std::uint64_t draft_version = 0;
  bool editing = false;  // the draft replaces the message `edited`
  Seq edited;
  ReplyQuote reply;             // seq not set: not a reply
  std::string disabled_reason;  // not empty: stands instead of the text, and says why
  ComposerAct act = ComposerAct::none;
  std::vector<AttachmentProps> attachments;  // not while editing
  Transfers transfers;                       // of these
  std::string hint;                    // a quiet line under the text, for example "Waits until you're online"
  std::vector<PersonProps> people;     // whom @ completes, likeliest first
  std::vector<CommandProps> commands;  // what / lists
  EmojiProps emoji;
  SpellingProps spelling;
};

}  // namespace wardroom::client
