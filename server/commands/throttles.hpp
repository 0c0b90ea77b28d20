#pragma once

#include "common/base/bytes.hpp"
#include "common/base/result.hpp"
#include "server/credentials/throttle.hpp"
#include "server/realtime/peer.hpp"

namespace wardroom::commands {

// Holds up who guesses at passwords and codes: by the name that is guessed at, by the device where it has
// signed in before (so that nobody locks a colleague out), by the person who is signed in, and by the network
// that guesses. Names are held up whether there is such a person or not. Any thread.
class Throttles {
 public:
  using Key = std::string;
  // Who an attempt is counted for.
  static Key name(std::string_view user_name) { return "n:" + std::string(user_name); }
  static Key device(UserId user, const Digest& key);
  static Key person(UserId user) { return "p:" + std::to_string(user.value); }
  static Key codes(UserId user) { return "c:" + std::to_string(user.value); }

  // See credentials::Throttle; `now` is Clock::steady().
  bool enter(const Key& key, SteadyPoint now) { return of(key).enter(key, now); }
  void take_back(const Key& key) { of(key).take_back(key); }
  void forgive(const Key& key) { of(key).forgive(key); }
  // `rate_limited` for an attempt of a key that is held up, where that may be said.
  Error held_up(const Key& key, SteadyPoint now);

  // `rate_limited` when the network guessed too often; the same for all names. Trusted ranges are never
  // refused.
  Result<void> check_source(const realtime::Source& source, SteadyPoint now);
  void strike_source(const realtime::Source& source, SteadyPoint now);

 private:
  credentials::Throttle& of(const Key& key) { return key.starts_with('n') ? names_ : known_; }

  // Apart from each other, so that made-up names don't push anything else out of memory.
  credentials::Throttle names_{{}, 50'000};
  credentials::Throttle known_{{}, 50'000};
  credentials::Throttle networks_{
      {20, std::chrono::seconds{5}, std::chrono::minutes{10}, std::chrono::seconds{30}}, 50'000};
};

}  // namespace wardroom::commands
