#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "common/desk/model/credentials.hpp"
#include "common/tlog/watch.hpp"

// What the models of both programs ask the world to do, as values.
namespace wardroom::desk {

// Answered by PinFetched; the other ways in by SignedIn, SessionResume::Result and LinkChanged.
struct FetchPin {
  std::string host;
  std::uint16_t port = 0;
};
struct OpenSession {
  protocol::Introduction server;
  std::string name;
  Secret password;
  std::optional<Secret> code;  // second factor
};
struct ResumeSession {
  protocol::Introduction server;
  Secret token;
};
struct RetryNow {};
struct CloseLink {};

struct SaveCredentials {
  Credentials credentials;
};
// What this PC knows of a server's audit log, by the server's key. LoadWitness is answered by WitnessLoaded.
struct LoadWitness {
  Digest ca_pin{};
};
// The server is known by another key from now on.
struct CarryWitness {
  Digest before{};
  Digest now{};
};
struct SaveWitness {
  Digest ca_pin{};
  tlog::WatchMemory memory;
};

using Effect = std::variant<FetchPin, OpenSession, ResumeSession, RetryNow, CloseLink, SaveCredentials,
                            LoadWitness, CarryWitness, SaveWitness>;

}  // namespace wardroom::desk
