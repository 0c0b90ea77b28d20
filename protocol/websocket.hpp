#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

// RFC 6455 framing: bytes in, messages out. No I/O, no opening handshake, no extensions. Whether a text is
// UTF-8 is left to the JSON parser that reads it next.
namespace wardroom::protocol {

enum class Opcode : std::uint8_t { continuation = 0, text = 1, binary = 2, close = 8, ping = 9, pong = 10 };

// Which end of the connection one is: clients mask what they send, servers don't (section 5.1).
enum class Side { server, client };

using MaskKey = std::array<unsigned char, 4>;

// A header is at most this long: two bytes, a 64-bit length, a mask key.
inline constexpr std::size_t kMaxFrameHeader = 14;
// Payload of a ping, pong or close frame (section 5.5).
inline constexpr std::size_t kMaxControlPayload = 125;
// More would be work without an end: an empty fragment adds nothing to the message and its limit.
inline constexpr std::uint32_t kMaxFragments = 1000;
// What an honest sender may split a message into; more is counted as extra.
inline constexpr std::uint32_t kFreeFragments = 100;

// Appends a whole, final frame as a server sends it: unmasked.
void append_frame(std::string& out, Opcode opcode, std::string_view payload);
// Appends a whole, final frame as a client sends it.
void append_masked_frame(std::string& out, Opcode opcode, std::string_view payload, MaskKey key);
// The payload of a close frame; a reason too long for it is cut at a code point.
std::string compose_close_payload(std::uint16_t code, std::string_view reason);
// Masks or unmasks in place (section 5.3); `offset` is the position of the first byte within the payload.
void apply_mask(std::span<char> bytes, MaskKey key, std::size_t offset = 0);

// What a decoder found next.
struct Decoded {
  enum class Kind {
    need_more,  // all bytes are taken and no message is complete
    text,
    binary,
    ping,
    pong,
    close,
    malformed,  // the other end breaks the framing; `reason` says how. Nothing more can be decoded.
    too_large,  // a message over the limit is announced. Nothing more can be decoded.
  };
  Kind kind = Kind::need_more;
  std::string_view payload;      // valid until the next call of next(), and as long as the bytes handed in
  std::uint16_t close_code = 0;  // of a close frame; 1005 when it has none (section 7.1.5)
  std::string_view reason;       // of a close frame or of `malformed`
};

// Takes a byte stream apart into messages; fragments are put together, control frames come out as they
// arrive, also between fragments. A message that lies whole in the bytes handed in isn't copied. Holds no
// memory between messages. One thread.
class FrameDecoder {
 public:
  // `side` is the end that decodes: a server refuses unmasked frames, a client refuses masked ones.
  FrameDecoder(Side side, std::size_t max_message) : max_message_(max_message), side_(side) {}

  // Takes bytes from the front of `bytes`, unmasking them in place, up to the end of the next message. Call
  // it until it answers need_more.
  Decoded next(std::span<char>& bytes);

  // How many fragments came since it was last asked that were over their message's free share.
  std::uint32_t take_extra_fragments() { return std::exchange(extra_fragments_, 0); }

  // The largest message accepted from now on, in bytes.
  void set_max_message(std::size_t bytes) { max_message_ = bytes; }

 private:
  bool read_header(std::span<char>& bytes);
  const char* check_header(std::uint64_t length) const;
  Decoded finish_control(std::span<char> last);
  Decoded finish_message(std::span<char> last);
  Decoded refuse(Decoded::Kind kind, std::string_view reason);

  std::string message_;  // of a message that isn't complete: what came so far
  std::string control_;  // the same of a control frame
  std::uint64_t payload_left_ = 0;
  std::uint64_t max_message_;
  std::uint32_t mask_offset_ = 0;
  std::uint32_t fragments_ = 0;        // of the message that is put together
  std::uint32_t extra_fragments_ = 0;  // over the free share, and not yet asked for
  std::array<unsigned char, kMaxFrameHeader> header_{};
  std::uint8_t header_size_ = 0;  // bytes of the header that came so far
  MaskKey mask_{};
  Side side_;
  Opcode opcode_ = Opcode::continuation;          // of the frame whose payload is read
  Opcode message_opcode_ = Opcode::continuation;  // of the message that is put together; continuation: none
  bool final_ = false;
  bool in_payload_ = false;
  bool lent_ = false;  // message_ or control_ was handed out by the last call
  bool broken_ = false;
};

}  // namespace wardroom::protocol
