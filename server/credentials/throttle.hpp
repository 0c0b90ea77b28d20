#pragma once

#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "common/base/clock.hpp"

namespace wardroom::credentials {

// So many wrong attempts are free; each further one holds the key up, twice as long as the one before. One is
// forgotten for each `leak` that passes.
struct ThrottleRule {
  unsigned free = 5;
  std::chrono::milliseconds first{std::chrono::seconds{15}};
  std::chrono::milliseconds longest{std::chrono::minutes{15}};
  std::chrono::milliseconds leak{std::chrono::hours{1}};
};

// Wrong attempts by key: an account's name, a device that is known, a network. Bounded memory: the keys that
// were used least lately are forgotten when there are too many, and one that is under attack is used all the
// time. Any thread.
class Throttle {
 public:
  // Keeps between `keys` and twice as many.
  Throttle(ThrottleRule rule, std::size_t keys) : rule_(rule), limit_(keys) {}

  // How long the key is held up; nothing: not at all. Asking changes nothing.
  std::optional<std::chrono::milliseconds> held_for(std::string_view key, SteadyPoint now);
  // Counts one attempt as wrong.
  void strike(std::string_view key, SteadyPoint now);
  // Lets an attempt through and counts it as wrong until it is forgiven, so that attempts at the same time
  // don't each see the count of the first. False when the key is held up; attempts that are held up count for
  // nothing, or anybody could hold somebody up for good.
  bool enter(std::string_view key, SteadyPoint now);
  // Undoes one enter(): it wasn't wrong, but it proved nothing either.
  void take_back(std::string_view key);
  // It was right: the key starts over.
  void forgive(std::string_view key);

  std::size_t size() const;

 private:
  struct Strikes {
    unsigned count = 0;
    SteadyPoint since{};  // up to here wrong attempts have been forgotten
    SteadyPoint until{};  // held up
  };
  using Generation = std::unordered_map<std::string, Strikes>;

  Strikes* find(std::string_view key, SteadyPoint now);
  Strikes& find_or_make(std::string_view key, SteadyPoint now);
  void count(Strikes& strikes, SteadyPoint now) const;

  const ThrottleRule rule_;
  const std::size_t limit_;
  mutable std::mutex mutex_;
  Generation young_, old_;  // what is used moves to the young one; when that is full, the old one goes
};

}  // namespace wardroom::credentials
