#include "server/credentials/throttle.hpp"

#include <algorithm>

namespace wardroom::credentials {

Throttle::Strikes* Throttle::find(std::string_view key, SteadyPoint now) {
  const std::string name(key);
  auto found = young_.find(name);
  if (found == young_.end()) {
    const auto aged = old_.find(name);
    if (aged == old_.end()) return nullptr;
    const Strikes strikes = aged->second;
    old_.erase(aged);
    find_or_make(key, now) = strikes;
    found = young_.find(name);
  }
  Strikes& strikes = found->second;
  const auto leaked = (now - strikes.since) / rule_.leak;
  strikes.since += leaked * rule_.leak;
  strikes.count -= static_cast<unsigned>(std::min<std::int64_t>(strikes.count, leaked));
  return &strikes;
}

Throttle::Strikes& Throttle::find_or_make(std::string_view key, SteadyPoint now) {
  if (young_.size() >= limit_ && !young_.contains(std::string(key))) {
    old_ = std::move(young_);
    young_ = {};
  }
  return young_.try_emplace(std::string(key), Strikes{0, now, {}}).first->second;
}

void Throttle::count(Strikes& strikes, SteadyPoint now) const {
  if (strikes.count++ == 0) strikes.since = now;
  if (strikes.count <= rule_.free) return;
  // Doubling 20 times is longer than any longest wait.
  const unsigned doublings = std::min(strikes.count - rule_.free - 1, 20U);
  strikes.until = now + std::min(rule_.longest, rule_.first * (1 << doublings));
}

std::optional<std::chrono::milliseconds> Throttle::held_for(std::string_view key, SteadyPoint now) {
  const std::lock_guard lock(mutex_);
  const Strikes* strikes = find(key, now);
  if (!strikes || strikes->until <= now) return std::nullopt;
  return std::chrono::ceil<std::chrono::milliseconds>(strikes->until - now);
}

void Throttle::strike(std::string_view key, SteadyPoint now) {
  const std::lock_guard lock(mutex_);
  Strikes* strikes = find(key, now);
  count(strikes ? *strikes : find_or_make(key, now), now);
}

bool Throttle::enter(std::string_view key, SteadyPoint now) {
  const std::lock_guard lock(mutex_);
  Strikes* strikes = find(key, now);
  if (!strikes) strikes = &find_or_make(key, now);
  if (strikes->until > now) return false;
  count(*strikes, now);
  return true;
}

void Throttle::take_back(std::string_view key) {
  const std::lock_guard lock(mutex_);
  for (Generation* generation : {&young_, &old_}) {
    const auto found = generation->find(std::string(key));
    if (found == generation->end() || found->second.count == 0) continue;
    --found->second.count;
    found->second.until = {};
    return;
  }
}

void Throttle::forgive(std::string_view key) {
  const std::lock_guard lock(mutex_);
  young_.erase(std::string(key));
  old_.erase(std::string(key));
}

std::size_t Throttle::size() const {
  const std::lock_guard lock(mutex_);
  return young_.size() + old_.size();
}

}  // namespace wardroom::credentials
