#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "client/model/props/links.hpp"
#include "protocol/message_link.hpp"
#include "protocol/methods/place.hpp"

// What the model knows of links, saved messages, the side bar's arrangement, and the dialogs around them.
namespace wardroom::client {

// A message that a link in another one leads to, as far as it was asked for.
struct LinkedMessage {
  bool asked = false;                        // the server, which hasn't answered yet
  bool known = false;                        // it has; without a message there is none
  std::optional<protocol::Message> message;  // of one that isn't in the loaded part of its room
  std::string trouble;
};

struct LinksState {
  std::map<MessagePlace, LinkedMessage> messages;  // that came into sight
  std::optional<protocol::MessageLink> wanted;     // to be followed once that can be
};

// Of Dialog::forward.
struct ForwardState {
  MessagePlace place;
  std::uint64_t serial = 0;
  std::string error;
};

// Of Dialog::date.
struct DateState {
  RoomId room;
  std::uint64_t serial = 0;
  std::string error;
};

// The messages that the person saved, saved last first.
struct SavedState {
  bool shown = false;  // over the members, pins and files
  std::vector<protocol::SavedMessage> rows;
  bool loading = false;
  bool again = false;  // something was saved elsewhere while the list was under way
  bool loaded = false;
  std::string error;
};

// The arrangement itself is among the settings, so that the next start has it at once.
struct SidebarState {
  bool busy = false;    // the server is being told
  bool behind = false;  // there is more to tell it
};

// Of Dialog::section: a new one, or the name of one.
struct SectionState {
  std::optional<std::size_t> index;  // not set: a new one
  RoomId room;                       // goes into the new one, if set
  std::uint64_t serial = 0;
  std::string error;
};

// Of Dialog::profile, and of one's own in the settings.
struct ProfileState {
  UserId user;
  std::optional<protocol::Profile> profile;
  bool busy = false;
  std::string error;
};

// Of Dialog::status.
struct StatusState {
  std::uint64_t serial = 0;
};

// Of Dialog::seen_by.
struct SeenByState {
  MessagePlace place;
  std::vector<UserId> people;
  bool busy = false;
  std::string error;
};

}  // namespace wardroom::client
