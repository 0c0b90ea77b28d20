#include "protocol/websocket.hpp"

#include <catch2/catch.hpp>

using namespace wardroom::protocol;
using Kind = Decoded::Kind;

namespace {

constexpr MaskKey kKey{0x37, 0xFA, 0x21, 0x3D};

struct Found {
  Kind kind;
  std::string payload;
  friend bool operator==(const Found&, const Found&) = default;
};

// Everything in `bytes`, handed over in pieces of `piece` bytes.
std::vector<Found> decode_in_pieces(FrameDecoder& decoder, std::string bytes, std::size_t piece) {
  std::vector<Found> found;
  std::span<char> rest(bytes);
  while (!rest.empty()) {
    auto part = rest.first(std::min(piece, rest.size()));
    rest = rest.subspan(part.size());
    for (;;) {
      const Decoded decoded = decoder.next(part);
      if (decoded.kind == Kind::need_more) break;
      found.push_back({decoded.kind, std::string(decoded.payload)});
      if (decoded.kind == Kind::malformed || decoded.kind == Kind::too_large) return found;
    }
    REQUIRE(part.empty());
  }
  return found;
}

Decoded decode_one(Side side, std::string& bytes) {
  FrameDecoder decoder(side, 1000);
  std::span<char> all(bytes);
  return decoder.next(all);
}

std::string fragment(std::string frame) {
  frame[0] = static_cast<char>(frame[0] & 0x7F);
  return frame;
}

std::string masked(Opcode opcode, std::string_view payload) {
  std::string out;
  append_masked_frame(out, opcode, payload, kKey);
  return out;
}

}  // namespace

TEST_CASE("the examples of RFC 6455 section 5.7") {
  std::string plain;
  append_frame(plain, Opcode::text, "Hello");
  CHECK(plain == "\x81\x05Hello");
  CHECK(masked(Opcode::text, "Hello") == "\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58");
  std::string medium;
  append_frame(medium, Opcode::binary, std::string(256, 'x'));
  CHECK(medium.substr(0, 4) == std::string("\x82\x7E\x01\x00", 4));
  std::string large;
  append_frame(large, Opcode::binary, std::string(65536, 'x'));
  CHECK(large.substr(0, 10) == std::string("\x82\x7F\x00\x00\x00\x00\x00\x01\x00\x00", 10));
}

TEST_CASE("whatever the pieces in which bytes come, the same messages come out") {
  const std::string long_text(70'000, 'l');
  const std::string bytes =
      masked(Opcode::text, "Hello") + masked(Opcode::text, "") + fragment(masked(Opcode::text, "frag")) +
      masked(Opcode::ping, "p") + fragment(masked(Opcode::continuation, "")) +
      masked(Opcode::continuation, "ment") + masked(Opcode::pong, std::string(125, 'o')) +
      masked(Opcode::binary, std::string(300, 'b')) + masked(Opcode::text, long_text) +
      masked(Opcode::close, compose_close_payload(4009, "stop"));
  const std::vector<Found> expected{{Kind::text, "Hello"},
                                    {Kind::text, ""},
                                    {Kind::ping, "p"},
                                    {Kind::text, "fragment"},
                                    {Kind::pong, std::string(125, 'o')},
                                    {Kind::binary, std::string(300, 'b')},
                                    {Kind::text, long_text},
                                    {Kind::close, compose_close_payload(4009, "stop")}};
  for (const std::size_t piece : {1, 2, 3, 7, 64, 1000, 1'000'000}) {
    FrameDecoder decoder(Side::server, 100'000);
    CHECK(decode_in_pieces(decoder, bytes, piece) == expected);
  }
}

TEST_CASE("a message that lies whole in the bytes is not copied") {
  std::string bytes = masked(Opcode::text, "in place");
  const Decoded decoded = decode_one(Side::server, bytes);
  CHECK(decoded.payload == "in place");
  CHECK(decoded.payload.data() == bytes.data() + 6);
}

TEST_CASE("masking is the same at any offset") {
  std::string whole(100, '\0');
  for (std::size_t i = 0; i < whole.size(); ++i) whole[i] = static_cast<char>(i);
  std::string once = whole;
  apply_mask(once, kKey);
  for (std::size_t cut = 0; cut < 20; ++cut) {
    std::string twice = whole;
    apply_mask(std::span(twice).first(cut), kKey);
    apply_mask(std::span(twice).subspan(cut), kKey, cut);
    CHECK(twice == once);
  }
}

TEST_CASE("each side masks as it must") {
  std::string unmasked;
  append_frame(unmasked, Opcode::text, "x");
  std::string copy = unmasked;
  CHECK(decode_one(Side::server, copy).kind == Kind::malformed);
  CHECK(decode_one(Side::client, unmasked).payload == "x");
  std::string from_client = masked(Opcode::text, "x");
  CHECK(decode_one(Side::client, from_client).kind == Kind::malformed);
}

TEST_CASE("a message over the limit is refused by its header, also when it comes in fragments") {
  FrameDecoder decoder(Side::server, 10);
  CHECK(decode_in_pieces(decoder, masked(Opcode::text, "0123456789"), 100).front().kind == Kind::text);
  CHECK(decode_in_pieces(decoder, masked(Opcode::text, "0123456789x").substr(0, 6), 100).front().kind ==
        Kind::too_large);
  FrameDecoder fragments(Side::server, 10);
  const auto found = decode_in_pieces(
      fragments, fragment(masked(Opcode::text, "012345")) + masked(Opcode::continuation, "6789x"), 100);
  CHECK(found.front().kind == Kind::too_large);
  FrameDecoder raised(Side::server, 10);
  raised.set_max_message(11);
  CHECK(decode_in_pieces(raised, masked(Opcode::text, "0123456789x"), 100).front().kind == Kind::text);
}

TEST_CASE("broken framing is refused and stays refused") {
  const std::string zero_key(4, '\0');
  const auto refused = [](const std::string& bytes) {
    FrameDecoder decoder(Side::server, 100'000);
    const auto found = decode_in_pieces(decoder, bytes, 1000);
    if (found.empty() || found.back().kind != Kind::malformed) return false;
    std::string good = masked(Opcode::text, "x");
    std::span<char> rest(good);
    return decoder.next(rest).kind == Kind::malformed;
  };
  CHECK(refused("\xC1\x80" + zero_key));                          // reserved bit
  CHECK(refused("\x83\x80" + zero_key));                          // unknown opcode
  CHECK(refused("\x8B\x80" + zero_key));                          // unknown control opcode
  CHECK(refused(std::string("\x81\xFE\x00\x7D", 4) + zero_key));  // 125 in two bytes
  CHECK(refused(std::string("\x81\xFF\x00\x00\x00\x00\x00\x00\xFF\xFF", 10) + zero_key));  // 65535 in eight
  CHECK(refused("\x81\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF" + zero_key));                   // the sign bit
  CHECK(refused(fragment(masked(Opcode::ping, "x"))));
  CHECK(refused(masked(Opcode::ping, std::string(126, 'x'))));
  CHECK(refused(masked(Opcode::continuation, "x")));
  CHECK(refused(fragment(masked(Opcode::text, "x")) + masked(Opcode::text, "y")));
  CHECK(refused(masked(Opcode::close, "x")));
  for (const int code : {0, 999, 1004, 1005, 1006, 1015, 2999, 5000})
    CHECK(refused(masked(Opcode::close, compose_close_payload(static_cast<std::uint16_t>(code), ""))));
  CHECK(refused(masked(Opcode::close, compose_close_payload(1000, "") + "\xFF")));
}

TEST_CASE("a close frame gives its code and reason; without one the code is 1005") {
  std::string with = masked(Opcode::close, compose_close_payload(4008, "too slow"));
  const Decoded decoded = decode_one(Side::server, with);
  CHECK(decoded.close_code == 4008);
  CHECK(decoded.reason == "too slow");
  std::string without = masked(Opcode::close, "");
  CHECK(decode_one(Side::server, without).close_code == 1005);
}

TEST_CASE("a long close reason is cut at a code point") {
  std::string reason(121, 'x');
  reason += "\u00e4\u00e4";
  const std::string payload = compose_close_payload(1000, reason);
  CHECK(payload.size() == kMaxControlPayload);
  CHECK(payload.ends_with("x\u00e4"));
}
