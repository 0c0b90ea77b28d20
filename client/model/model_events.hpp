#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <boost/mp11.hpp>

#include "client/model/cached_values.hpp"
#include "common/desk/model/call.hpp"
#include "common/desk/model/events.hpp"
#include "common/desk/model/tick.hpp"
#include "protocol/catalogue.hpp"

// What happens outside the window, as values that are folded into the model.
namespace wardroom::client {

struct Turn;

struct WindowFocused {
  bool focused = false;
};
// The first event: what earlier runs left. `note` is a sentence for the person, for example that the cache
// was damaged and rebuilt.
struct ProfileLoaded {
  std::optional<Credentials> credentials;
  Settings settings;
  CachedState cached;
  std::string note;
};
struct PageLoaded {
  RoomId room;
  std::optional<Seq> before;
  std::optional<Seq> after;
  std::vector<protocol::Message> messages;  // ascending
  bool end = false;                         // the cache covers nothing further in that direction
  bool failed = false;                      // the cache couldn't be read: the server must be asked
};
// The cache covers the room only from `from` on: retention took what came before.
struct MessagesTrimmed {
  RoomId room;
  Seq from;
};
struct OutboxSaved {
  std::string client_id;
  Result<void> result;
};
// A wardroom:// link that came from outside, for example from a second start of the program.
struct LinkReceived {
  std::string link;
};
// The person pressed a notification.
struct NotificationPressed {
  RoomId room;
};

using desk::LinkChanged;
using desk::PinFetched;
using desk::Tick;

using Event =
    boost::mp11::mp_append<std::variant<Tick>, desk::Event,
                           std::variant<desk::Answered<Turn>, WindowFocused, ProfileLoaded, PageLoaded,
                                        MessagesTrimmed, OutboxSaved, LinkReceived, NotificationPressed>,
                           boost::mp11::mp_rename<protocol::Events, std::variant>>;

}  // namespace wardroom::client
