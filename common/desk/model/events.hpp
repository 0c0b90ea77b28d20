#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "common/tlog/watch.hpp"
#include "protocol/introduction.hpp"
#include "protocol/methods/account.hpp"
#include "protocol/methods/session.hpp"

// What happens outside the window of either program, as values that are folded into its model.
namespace wardroom::desk {

struct PinFetched {
  std::string host;
  std::uint16_t port = 0;
  Result<Digest> pin;
};
struct LinkChanged {
  enum class State { idle, connecting, online, offline };
  State state = State::idle;
  std::optional<Error> error;             // offline: why
  bool final = false;                     // offline: nothing more is tried
  std::chrono::milliseconds retry_in{0};  // offline and not final: when it is tried again
};
// The keys by which the server is known are others: its authority is being replaced, with its own word.
struct KeysChanged {
  protocol::Introduction server;
};
struct WitnessLoaded {
  Digest ca_pin{};
  Result<std::optional<tlog::WatchMemory>> memory;  // nothing: the server wasn't seen yet
};
// Something couldn't be kept on this PC.
struct SavingFailed {
  std::string message;
};

using Event = std::variant<PinFetched, LinkChanged, KeysChanged, WitnessLoaded, SavingFailed,
                           protocol::SignedIn, protocol::SessionResume::Result>;

}  // namespace wardroom::desk
