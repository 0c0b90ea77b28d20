#include "protocol/discovery.hpp"

#include <algorithm>
#include <cassert>
#include <string_view>

#include "common/base/utf8.hpp"

namespace wardroom::protocol {
namespace {

constexpr std::string_view kQuestionMagic = "WRDQ";
constexpr std::string_view kAnswerMagic = "WRDA";
constexpr std::byte kVersion{1};

static_assert(4 + 1 + 16 + 4 + 1 + kMaxMarks * 8 <= kQuestionBytes);
static_assert(4 + 1 + 16 + 4 + 2 + 8 + 1 + kMaxOfferedName + 1 + kMaxOfferedHost < kQuestionBytes);

void put_bytes(Bytes& out, std::span<const std::byte> bytes) {
  out.insert(out.end(), bytes.begin(), bytes.end());
}

template <class Number>
void put_number(Bytes& out, Number number) {
  for (std::size_t i = sizeof(Number); i-- > 0;) out.push_back(static_cast<std::byte>(number >> (8 * i)));
}

void put_text(Bytes& out, std::string_view text) {
  out.push_back(static_cast<std::byte>(text.size()));
  put_bytes(out, as_bytes(text));
}

void begin_datagram(Bytes& out, std::string_view magic, const DiscoveryNonce& nonce, std::uint32_t sequence) {
  out.reserve(kQuestionBytes);
  put_bytes(out, as_bytes(magic));
  out.push_back(kVersion);
  put_bytes(out, nonce);
  put_number(out, sequence);
}

// Takes from the front; whatever is taken over the end is empty, and `whole` false from then on.
struct DatagramReader {
  std::span<const std::byte> rest;
  bool whole = true;

  std::span<const std::byte> take(std::size_t size) {
    if (size > rest.size()) {
      whole = false;
      rest = {};
      return {};
    }
    const auto taken = rest.first(size);
    rest = rest.subspan(size);
    return taken;
  }

  template <std::size_t N>
  void take(std::array<std::byte, N>& into) {
    const auto taken = take(N);
    std::copy(taken.begin(), taken.end(), into.begin());
  }

  template <class Number>
  Number take_number() {
    std::uint64_t number = 0;
    for (const std::byte byte : take(sizeof(Number)))
      number = number << 8 | std::to_integer<std::uint64_t>(byte);
    return static_cast<Number>(number);
  }

  std::string take_text() {
    const auto size = take_number<std::uint8_t>();
    return std::string(as_text(take(size)));
  }

  bool take_head(std::string_view magic, DiscoveryNonce& nonce, std::uint32_t& sequence) {
    if (as_text(take(magic.size())) != magic) return false;
    if (take_number<std::uint8_t>() != std::to_integer<std::uint8_t>(kVersion)) return false;
    take(nonce);
    sequence = take_number<std::uint32_t>();
    return whole;
  }
};

bool is_offered_host(std::string_view host) {
  if (host.empty() || host.size() > kMaxOfferedHost) return false;
  return std::all_of(host.begin(), host.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-' || c == ':' || c == '_';
  });
}

// A name goes on people's screens: no line ends, no marks that turn their surroundings round.
bool is_offered_name(std::string_view name) {
  return !name.empty() && name.size() <= kMaxOfferedName && is_valid_utf8(name) &&
         escape_unseen(name) == name;
}

void put_offer(Bytes& out, const ServerOffer& offer) {
  put_number(out, offer.port);
  put_bytes(out, offer.words);
  put_text(out, offer.name);
  put_text(out, offer.host);
}

}  // namespace

OfferMark mark_of(const ServerOffer& offer) {
  Bytes bytes;
  put_offer(bytes, offer);
  const Digest digest = sha256(bytes);
  OfferMark mark{};
  std::copy_n(digest.begin(), mark.size(), mark.begin());
  return mark;
}

Bytes encode_question(const DiscoveryQuestion& question) {
  assert(question.heard.size() <= kMaxMarks);
  Bytes out;
  begin_datagram(out, kQuestionMagic, question.nonce, question.sequence);
  out.push_back(static_cast<std::byte>(question.heard.size()));
  for (const auto& mark : question.heard) put_bytes(out, mark);
  out.resize(kQuestionBytes);
  return out;
}

Bytes encode_answer(const DiscoveryAnswer& answer) {
  assert(can_be_offered(answer.offer));
  Bytes out;
  begin_datagram(out, kAnswerMagic, answer.nonce, answer.sequence);
  put_offer(out, answer.offer);
  return out;
}

std::optional<DiscoveryQuestion> decode_question(std::span<const std::byte> datagram) {
  // A short one could be the cheaper part of an exchange in somebody else's name.
  if (datagram.size() != kQuestionBytes) return std::nullopt;
  DatagramReader reader{datagram};
  DiscoveryQuestion question;
  if (!reader.take_head(kQuestionMagic, question.nonce, question.sequence)) return std::nullopt;
  const auto count = reader.take_number<std::uint8_t>();
  if (count > kMaxMarks) return std::nullopt;
  question.heard.resize(count);
  for (auto& mark : question.heard) reader.take(mark);
  if (!reader.whole) return std::nullopt;
  return question;
}

std::optional<DiscoveryAnswer> decode_answer(std::span<const std::byte> datagram) {
  DatagramReader reader{datagram};
  DiscoveryAnswer answer;
  if (!reader.take_head(kAnswerMagic, answer.nonce, answer.sequence)) return std::nullopt;
  answer.offer.port = reader.take_number<std::uint16_t>();
  reader.take(answer.offer.words);
  answer.offer.name = reader.take_text();
  answer.offer.host = reader.take_text();
  if (!reader.whole || !reader.rest.empty() || !can_be_offered(answer.offer)) return std::nullopt;
  return answer;
}

bool can_be_offered(const ServerOffer& offer) {
  return offer.port != 0 && is_offered_name(offer.name) && is_offered_host(offer.host);
}

}  // namespace wardroom::protocol
