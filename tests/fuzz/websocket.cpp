#include "protocol/websocket.hpp"

#include <cstdlib>
#include <vector>

// Bytes from anybody, in pieces of any size: the decoder stays within its limit, finds the same messages
// whatever the pieces, and a message that it gives out encodes and decodes to itself.

using namespace wardroom::protocol;

namespace {

constexpr std::size_t kLimit = 4096;

void require(bool holds) {
  if (!holds) std::abort();
}

struct Found {
  Decoded::Kind kind;
  std::string payload;
  friend bool operator==(const Found&, const Found&) = default;
};

std::vector<Found> decode(Side side, std::string bytes, std::size_t piece) {
  FrameDecoder decoder(side, kLimit);
  std::vector<Found> all;
  std::span<char> rest(bytes);
  while (!rest.empty()) {
    auto part = rest.first(std::min(piece, rest.size()));
    rest = rest.subspan(part.size());
    for (;;) {
      const Decoded found = decoder.next(part);
      if (found.kind == Decoded::Kind::need_more) break;
      all.push_back({found.kind, std::string(found.payload)});
      if (found.kind == Decoded::Kind::malformed || found.kind == Decoded::Kind::too_large) return all;
      require(found.payload.size() <= kLimit);
    }
    require(part.empty());
  }
  return all;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  if (size < 2) return 0;
  const Side side = data[0] & 1 ? Side::server : Side::client;
  const std::size_t piece = data[1] + 1U;
  const std::string bytes(reinterpret_cast<const char*>(data) + 2, size - 2);
  const auto found = decode(side, bytes, bytes.size() + 1);
  require(found == decode(side, bytes, piece));
  for (const Found& one : found) {
    if (one.kind != Decoded::Kind::text) continue;
    std::string again;
    append_masked_frame(again, Opcode::text, one.payload, {1, 2, 3, 4});
    const auto back = decode(Side::server, again, again.size());
    require(back.size() == 1 && back.front() == one);
  }
  return 0;
}
