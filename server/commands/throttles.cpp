#include "server/commands/throttles.hpp"

#include "server/domain/network.hpp"

namespace wardroom::commands {

Throttles::Key Throttles::device(UserId user, const Digest& key) {
  return "d:" + std::to_string(user.value) + ":" + to_hex(key);
}

Error Throttles::held_up(const Key& key, SteadyPoint now) {
  return {ErrorCode::rate_limited,
          "Too many wrong attempts. Wait a few minutes.",
          {},
          {},
          of(key).held_for(key, now).value_or(std::chrono::seconds{1})};
}

Result<void> Throttles::check_source(const realtime::Source& source, SteadyPoint now) {
  if (source.trusted) return ok();
  const auto wait = networks_.held_for(domain::network_of(source.ip), now);
  if (!wait) return ok();
  return Error{
      ErrorCode::rate_limited, "Too many wrong attempts came from here. Wait a few minutes.", {}, {}, *wait};
}

void Throttles::strike_source(const realtime::Source& source, SteadyPoint now) {
  if (!source.trusted) networks_.strike(domain::network_of(source.ip), now);
}

}  // namespace wardroom::commands
