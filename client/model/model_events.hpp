#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <boost/mp11.hpp>

#include "client/model/cached_values.hpp"
#include "client/model/calls.hpp"
#include "common/desk/model/witness.hpp"
#include "protocol/events.hpp"
#include "protocol/methods/session.hpp"

// What happens outside the window, as values that the session folds into the model.
namespace wardroom::client {

// The only way in which the model learns the time. Comes before whatever happened then.
struct Tick {
  TimePoint now;
};
struct WindowFocused {
  bool focused = false;
};
// The first event: what earlier runs left. `note` is a sentence for the person, for example that the cache
// was damaged and made anew.
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
using desk::WitnessLoaded;
struct OutboxSaved {
  std::string client_id;
  Result<void> result;
};
// Something couldn't be kept on this PC.
struct CacheFailed {
  std::string message;
};
// A wardroom:// link that came from outside, for example from a second start of the program.
struct LinkReceived {
  std::string link;
};
// The person pressed a notification.
struct NotificationPressed {
  RoomId room;
};

struct PinFetched {
  std::string host;
  std::uint16_t port = 0;
  Result<Digest> pin;
};
struct LinkChanged {
  enum class State { idle, connecting, online, offline };
  State state = State::idle;
  std::optional<Error> error;  // offline: why
  bool final = false;          // offline: nothing more is tried
  std::chrono::milliseconds retry_in{0};
};

using Event = boost::mp11::mp_append<
    std::variant<Tick, WindowFocused, ProfileLoaded, PageLoaded, MessagesTrimmed, WitnessLoaded, OutboxSaved,
                 CacheFailed, LinkReceived, NotificationPressed, PinFetched, LinkChanged, protocol::SignedIn,
                 protocol::SessionResume::Result>,
    boost::mp11::mp_rename<protocol::Events, std::variant>,
    boost::mp11::mp_rename<boost::mp11::mp_transform<Answer, CalledMethods>, std::variant>>;

}  // namespace wardroom::client
