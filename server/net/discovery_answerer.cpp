#include "server/net/discovery_answerer.hpp"

#include <algorithm>
#include <chrono>

namespace wardroom::net {

DiscoveryAnswerer::DiscoveryAnswerer(std::uint64_t salt, SteadyPoint now) : salt_(salt), all_{kBurst, now} {
  by_address_.fill({kBurstOfOne, now});
}

bool DiscoveryAnswerer::Allowance::take(SteadyPoint now, double per_second, double burst) {
  const std::chrono::duration<double> passed = now - last;
  last = now;
  left = std::min(burst, left + passed.count() * per_second);
  if (left < 1) return false;
  left -= 1;
  return true;
}

DiscoveryAnswerer::Allowance& DiscoveryAnswerer::allowance_of(std::uint32_t address) {
  // The upper bits of a product with the golden ratio: each bit of the address counts in them.
  constexpr std::uint64_t kGolden = 0x9E3779B97F4A7C15;
  return by_address_[((address ^ salt_) * kGolden) >> 56];
}

bool DiscoveryAnswerer::is_known(const Answered& question) const {
  return std::find(answered_.begin(), answered_.end(), question) != answered_.end();
}

std::optional<Bytes> DiscoveryAnswerer::answer(std::span<const std::byte> datagram, const Ipv4Endpoint& from,
                                               const protocol::ServerOffer& offer, SteadyPoint now) {
  // Nobody asks from port 0, or to be answered by a whole network.
  if (from.port == 0 || from.address == 0 || from.address >= 0xE0000000) return std::nullopt;
  const auto question = protocol::decode_question(datagram);
  if (!question || question->sequence == 0) return std::nullopt;
  const auto mark = protocol::mark_of(offer);
  if (std::find(question->heard.begin(), question->heard.end(), mark) != question->heard.end())
    return std::nullopt;
  // It comes once by the group and once by broadcast, and a network may double it.
  const Answered one{question->nonce, question->sequence, from};
  if (is_known(one)) return std::nullopt;
  // One's own limit first: who asks too much takes nothing from the others.
  if (!allowance_of(from.address).take(now, kPerSecondOfOne, kBurstOfOne)) return std::nullopt;
  if (!all_.take(now, kPerSecond, kBurst)) return std::nullopt;
  answered_[oldest_] = one;
  oldest_ = (oldest_ + 1) % answered_.size();
  return protocol::encode_answer({question->nonce, question->sequence, offer});
}

}  // namespace wardroom::net
