#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>

#include "common/base/clock.hpp"
#include "common/base/udp_socket.hpp"
#include "protocol/discovery.hpp"

namespace wardroom::net {

// What the server says to those who ask the LAN for servers (decision 0057), without the network. It begins
// nothing and repeats nothing: one question has one answer at most, which is smaller. What it remembers has
// a fixed size, whoever asks how often. Used on one thread.
class DiscoveryAnswerer {
 public:
  // Answers in all and to one address, sustained and at once. A search of a PC asks eight times.
  static constexpr double kPerSecond = 50, kBurst = 200;
  static constexpr double kPerSecondOfOne = 4, kBurstOfOne = 32;

  // `salt`: unpredictable, so that nobody can choose addresses that share what others may ask.
  DiscoveryAnswerer(std::uint64_t salt, SteadyPoint now);

  // The answer that goes back to where the question came from. Nothing: it isn't a question, it was answered,
  // who asks knows this offer already, or too much is asked.
  std::optional<Bytes> answer(std::span<const std::byte> datagram, const Ipv4Endpoint& from,
                              const protocol::ServerOffer& offer, SteadyPoint now);

 private:
  // So many a second. Who asks in vain loses nothing by it: a flood leaves no debt.
  struct Allowance {
    double left = 0;
    SteadyPoint last{};

    bool take(SteadyPoint now, double per_second, double burst);
  };
  struct Answered {
    protocol::DiscoveryNonce nonce{};
    std::uint32_t sequence = 0;
    Ipv4Endpoint to;

    bool operator==(const Answered&) const = default;
  };

  bool is_known(const Answered& question) const;
  Allowance& allowance_of(std::uint32_t address);

  const std::uint64_t salt_;
  Allowance all_;
  std::array<Allowance, 256> by_address_;  // addresses share them
  std::array<Answered, 128> answered_{};   // the last ones, each written over the oldest
  std::size_t oldest_ = 0;
};

}  // namespace wardroom::net
