#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "common/base/clock.hpp"
#include "common/base/udp_socket.hpp"
#include "protocol/discovery.hpp"

namespace wardroom::link {

struct FoundServer {
  protocol::ServerOffer offer;
  std::string from;  // the address that the answer came from; not more to be believed than the offer

  bool operator==(const FoundServer&) const = default;
};

struct FoundServers {
  std::vector<FoundServer> servers;  // as they came; never more than DiscoverySearch::kMaxServers
  bool more = false;                 // others answered and weren't taken

  bool operator==(const FoundServers&) const = default;
};

// One search for servers on the LAN, without the network: when to ask, and what of the answers counts. It
// asks eight times within three seconds, each time naming what it has heard; of datagrams of which three in
// ten are lost, one search in two hundred misses a server. Whatever comes in, it keeps no more than a list of
// fixed length.
class DiscoverySearch {
 public:
  static constexpr std::size_t kMaxServers = 32;
  static constexpr std::size_t kMaxOfOneAddress = 4;
  static constexpr std::size_t kMaxDatagrams = 10'000;

  DiscoverySearch(const protocol::DiscoveryNonce& nonce, SteadyPoint now) : nonce_(nonce), next_(now) {}

  // What is to be sent to everybody now, if it is time to ask again.
  std::optional<Bytes> take_question(SteadyPoint now);
  // What came. True: a server that wasn't known.
  bool take(std::span<const std::byte> datagram, const Ipv4Endpoint& from);
  // Nothing more is asked, and there was time for the last answer; or far too much came.
  bool is_over(SteadyPoint now) const;
  // When take_question() or is_over() says something new.
  SteadyPoint next() const { return next_; }

  const FoundServers& found() const { return found_; }

 private:
  bool has_room_for(const std::string& from) const;

  const protocol::DiscoveryNonce nonce_;
  SteadyPoint next_;
  std::uint32_t asked_ = 0;
  std::size_t datagrams_ = 0;
  FoundServers found_;
  std::vector<protocol::OfferMark> heard_;  // of each of them
};

}  // namespace wardroom::link
