#include "protocol/websocket.hpp"

#include <algorithm>
#include <cstring>

#include "common/base/utf8.hpp"

namespace wardroom::protocol {
namespace {

constexpr unsigned char kFinal = 0x80;
constexpr unsigned char kReserved = 0x70;
constexpr unsigned char kMasked = 0x80;
constexpr std::uint16_t kNoStatus = 1005;

bool is_control(Opcode opcode) {
  return static_cast<std::uint8_t>(opcode) >= 8;
}

bool is_known(Opcode opcode) {
  switch (opcode) {
    case Opcode::continuation:
    case Opcode::text:
    case Opcode::binary:
    case Opcode::close:
    case Opcode::ping:
    case Opcode::pong:
      return true;
  }
  return false;
}

// Section 7.4: what may stand in a close frame. 1004 to 1006 and 1015 never do.
bool is_close_code(std::uint16_t code) {
  if (code >= 3000) return code <= 4999;
  return code >= 1000 && code <= 1014 && (code < 1004 || code > 1006);
}

std::size_t length_bytes(unsigned char short_length) {
  return short_length == 126 ? 2 : short_length == 127 ? 8 : 0;
}

void append_header(std::string& out, Opcode opcode, std::size_t length, unsigned char mask_bit) {
  const auto put = [&](std::size_t byte) { out.push_back(static_cast<char>(byte)); };
  put(kFinal | static_cast<std::uint8_t>(opcode));
  if (length < 126) {
    put(mask_bit | length);
  } else if (length <= 0xFFFF) {
    put(mask_bit | 126U);
    put(length >> 8);
    put(length & 0xFF);
  } else {
    put(mask_bit | 127U);
    for (int shift = 56; shift >= 0; shift -= 8) put(length >> shift & 0xFF);
  }
}

}  // namespace

void append_frame(std::string& out, Opcode opcode, std::string_view payload) {
  append_header(out, opcode, payload.size(), 0);
  out.append(payload);
}

void append_masked_frame(std::string& out, Opcode opcode, std::string_view payload, MaskKey key) {
  append_header(out, opcode, payload.size(), kMasked);
  for (const unsigned char byte : key) out.push_back(static_cast<char>(byte));
  const std::size_t start = out.size();
  out.append(payload);
  apply_mask(std::span(out).subspan(start), key);
}

std::string compose_close_payload(std::uint16_t code, std::string_view reason) {
  std::string payload{static_cast<char>(code >> 8), static_cast<char>(code & 0xFF)};
  payload += truncate_utf8(reason, kMaxControlPayload - 2);
  return payload;
}

void apply_mask(std::span<char> bytes, MaskKey key, std::size_t offset) {
  MaskKey turned;
  for (std::size_t i = 0; i < 4; ++i) turned[i] = key[(offset + i) & 3];
  std::uint32_t narrow = 0;
  std::memcpy(&narrow, turned.data(), 4);
  const std::uint64_t wide = std::uint64_t{narrow} << 32 | narrow;
  std::size_t at = 0;
  for (; at + 8 <= bytes.size(); at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + at, 8);
    word ^= wide;
    std::memcpy(bytes.data() + at, &word, 8);
  }
  for (; at < bytes.size(); ++at)
    bytes[at] = static_cast<char>(static_cast<unsigned char>(bytes[at]) ^ turned[at & 3]);
}

Decoded FrameDecoder::next(std::span<char>& bytes) {
  if (broken_) return refuse(Decoded::Kind::malformed, "The framing was broken before.");
  if (lent_) {  // a string that was moved away from gives its memory back
    (is_control(opcode_) ? control_ : message_) = std::string();
    lent_ = false;
  }
  for (;;) {
    if (!in_payload_) {
      if (!read_header(bytes)) return {};
      std::uint64_t length = header_[1] & 0x7F;
      if (const std::size_t wide = length_bytes(header_[1] & 0x7F)) {
        length = 0;
        for (std::size_t i = 0; i < wide; ++i) length = length << 8 | header_[2 + i];
      }
      opcode_ = static_cast<Opcode>(header_[0] & 0x0F);
      final_ = (header_[0] & kFinal) != 0;
      if (const char* wrong = check_header(length)) return refuse(Decoded::Kind::malformed, wrong);
      if (!is_control(opcode_) &&
          length > max_message_ - std::min<std::uint64_t>(max_message_, message_.size()))
        return refuse(Decoded::Kind::too_large, "The message is over the limit.");
      if (header_[1] & kMasked) std::copy_n(header_.begin() + header_size_ - 4, 4, mask_.begin());
      payload_left_ = length;
      mask_offset_ = 0;
      header_size_ = 0;
      in_payload_ = true;
    }
    const auto taken =
        bytes.first(static_cast<std::size_t>(std::min<std::uint64_t>(payload_left_, bytes.size())));
    bytes = bytes.subspan(taken.size());
    payload_left_ -= taken.size();
    if (side_ == Side::server) apply_mask(taken, mask_, mask_offset_);
    if (payload_left_ > 0) {
      mask_offset_ = (mask_offset_ + static_cast<std::uint32_t>(taken.size())) & 3;
      (is_control(opcode_) ? control_ : message_).append(taken.data(), taken.size());
      if (!is_control(opcode_) && opcode_ != Opcode::continuation) message_opcode_ = opcode_;
      return {};
    }
    in_payload_ = false;
    if (is_control(opcode_)) return finish_control(taken);
    if (opcode_ != Opcode::continuation) message_opcode_ = opcode_;
    if (final_) return finish_message(taken);
    if (++fragments_ > kMaxFragments)
      return refuse(Decoded::Kind::malformed, "A message has at most 1,000 fragments.");
    if (fragments_ > kFreeFragments) ++extra_fragments_;
    message_.append(taken.data(), taken.size());
  }
}

// Gathers the header, which may come in pieces. False: more bytes are needed.
bool FrameDecoder::read_header(std::span<char>& bytes) {
  const auto gather = [&](std::size_t size) {
    if (header_size_ >= size) return true;
    const std::size_t taken = std::min(size - header_size_, bytes.size());
    std::memcpy(header_.data() + header_size_, bytes.data(), taken);
    header_size_ = static_cast<std::uint8_t>(header_size_ + taken);
    bytes = bytes.subspan(taken);
    return header_size_ == size;
  };
  if (!gather(2)) return false;
  return gather(2 + length_bytes(header_[1] & 0x7F) + ((header_[1] & kMasked) != 0 ? 4 : 0));
}

// Section 5.2 and 5.4; a null pointer when all is well.
const char* FrameDecoder::check_header(std::uint64_t length) const {
  if (header_[0] & kReserved) return "A reserved bit is set.";
  if (!is_known(opcode_)) return "The frame's opcode is unknown.";
  if (((header_[1] & kMasked) != 0) != (side_ == Side::server))
    return side_ == Side::server ? "A client's frame must be masked."
                                 : "A server's frame must not be masked.";
  const unsigned char short_length = header_[1] & 0x7F;
  if ((short_length == 126 && length < 126) || (short_length == 127 && length <= 0xFFFF) || length >> 63)
    return "The frame's length isn't in its shortest form.";
  if (is_control(opcode_)) {
    if (!final_ || length > kMaxControlPayload) return "A control frame must be whole and at most 125 bytes.";
    return nullptr;
  }
  const bool within = message_opcode_ != Opcode::continuation;
  if (opcode_ == Opcode::continuation && !within) return "A continuation follows no fragment.";
  if (opcode_ != Opcode::continuation && within) return "A new message starts within another.";
  return nullptr;
}

Decoded FrameDecoder::finish_control(std::span<char> last) {
  Decoded out;
  out.payload = {last.data(), last.size()};
  if (!control_.empty()) {
    control_.append(last.data(), last.size());
    out.payload = control_;
    lent_ = true;
  }
  if (opcode_ == Opcode::ping) {
    out.kind = Decoded::Kind::ping;
  } else if (opcode_ == Opcode::pong) {
    out.kind = Decoded::Kind::pong;
  } else {
    out.kind = Decoded::Kind::close;
    out.close_code = kNoStatus;
    if (out.payload.empty()) return out;
    if (out.payload.size() == 1) return refuse(Decoded::Kind::malformed, "A close frame has half a code.");
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(out.payload[i]); };
    out.close_code = static_cast<std::uint16_t>(byte(0) << 8 | byte(1));
    out.reason = out.payload.substr(2);
    if (!is_close_code(out.close_code))
      return refuse(Decoded::Kind::malformed, "A close frame has a code that isn't one.");
    if (!is_valid_utf8(out.reason))
      return refuse(Decoded::Kind::malformed, "A close frame's reason isn't UTF-8.");
  }
  return out;
}

Decoded FrameDecoder::finish_message(std::span<char> last) {
  Decoded out;
  out.kind = message_opcode_ == Opcode::text ? Decoded::Kind::text : Decoded::Kind::binary;
  message_opcode_ = Opcode::continuation;
  fragments_ = 0;
  out.payload = {last.data(), last.size()};
  if (!message_.empty()) {
    message_.append(last.data(), last.size());
    out.payload = message_;
    lent_ = true;
  }
  return out;
}

Decoded FrameDecoder::refuse(Decoded::Kind kind, std::string_view reason) {
  broken_ = true;
  Decoded out;
  out.kind = kind;
  out.reason = reason;
  return out;
}

}  // namespace wardroom::protocol
