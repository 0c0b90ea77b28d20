#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "common/base/bytes.hpp"
#include "protocol/key_words.hpp"

// How a PC asks the LAN for servers, and what they answer: one UDP datagram each (decision 0057). Anybody on
// the LAN can answer anything, so an answer only ever fills in an address; it holds nothing by which a server
// could be trusted.
//
//   question  "WRDQ" version nonce[16] sequence[4] count mark[8]×count, then zeros up to kQuestionBytes
//   answer    "WRDA" version nonce[16] sequence[4] port[2] words[8] length name length host
//
// Numbers are big-endian, lengths and counts one byte, the version is 1. There is no acknowledgement of its
// own: who asks asks again, with the next sequence number and the marks of the answers that have come, and
// who finds its mark there is silent. So one question never causes more than one answer, which is smaller.
namespace wardroom::protocol {

inline constexpr std::uint16_t kDiscoveryPort = 7443;
// Of those that stay within an organisation (RFC 2365).
inline constexpr const char* kDiscoveryGroup = "239.255.74.43";
inline constexpr std::size_t kQuestionBytes = 512;
inline constexpr std::size_t kMaxMarks = 48;
inline constexpr std::size_t kMaxOfferedName = 100;
inline constexpr std::size_t kMaxOfferedHost = 253;

// Random bytes of one search: an answer to another one, or to none, isn't taken.
using DiscoveryNonce = std::array<std::byte, 16>;
// Which answer has come: the beginning of its contents' SHA-256. Who answers in a server's name with
// something else doesn't silence it.
using OfferMark = std::array<std::byte, 8>;

struct ServerOffer {
  std::string name;  // of the office: 1 to 100 bytes of UTF-8 without anything that isn't seen
  std::string host;  // a name or an address, without brackets
  std::uint16_t port = 0;
  KeyWords words{};

  bool operator==(const ServerOffer&) const = default;
};

struct DiscoveryQuestion {
  DiscoveryNonce nonce{};
  std::uint32_t sequence = 0;    // 1 for the first of a search
  std::vector<OfferMark> heard;  // kMaxMarks at most
};

struct DiscoveryAnswer {
  DiscoveryNonce nonce{};
  std::uint32_t sequence = 0;  // of the question
  ServerOffer offer;
};

OfferMark mark_of(const ServerOffer& offer);

// Always kQuestionBytes.
Bytes encode_question(const DiscoveryQuestion& question);
// Less than kQuestionBytes. The offer can be sent.
Bytes encode_answer(const DiscoveryAnswer& answer);

// Nothing: it isn't one, or of a version that isn't known.
std::optional<DiscoveryQuestion> decode_question(std::span<const std::byte> datagram);
std::optional<DiscoveryAnswer> decode_answer(std::span<const std::byte> datagram);

// Whether name, host and port are as they must be: what an answer is refused without.
bool can_be_offered(const ServerOffer& offer);

}  // namespace wardroom::protocol
