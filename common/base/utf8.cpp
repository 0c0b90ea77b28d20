#include "common/base/utf8.hpp"

namespace wardroom {
namespace {

// Length of the well-formed sequence at `at` (Unicode 15, table 3-7), 0 when there is none.
std::size_t sequence_length(std::string_view text, std::size_t at) noexcept {
  const auto byte = [&](std::size_t i) -> unsigned {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
  };
  const auto is_tail = [&](std::size_t i) { return (byte(i) & 0xC0u) == 0x80u; };
  const unsigned lead = byte(at);
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return is_tail(at + 1) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    const unsigned second = byte(at + 1);
    const unsigned low = lead == 0xE0 ? 0xA0u : 0x80u;
    const unsigned high = lead == 0xED ? 0x9Fu : 0xBFu;
    return second >= low && second <= high && is_tail(at + 2) ? 3 : 0;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    const unsigned second = byte(at + 1);
    const unsigned low = lead == 0xF0 ? 0x90u : 0x80u;
    const unsigned high = lead == 0xF4 ? 0x8Fu : 0xBFu;
    return second >= low && second <= high && is_tail(at + 2) && is_tail(at + 3) ? 4 : 0;
  }
  return 0;
}

}  // namespace

std::size_t valid_utf8_prefix(std::string_view text) noexcept {
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t length = sequence_length(text, at);
    if (length == 0) break;
    at += length;
  }
  return at;
}

bool is_valid_utf8(std::string_view text) noexcept {
  return valid_utf8_prefix(text) == text.size();
}

char32_t next_code_point(std::string_view text, std::size_t& at) noexcept {
  const auto byte = [&](std::size_t i) { return static_cast<char32_t>(static_cast<unsigned char>(text[i])); };
  const char32_t lead = byte(at);
  if (lead < 0x80) return at += 1, lead;
  if (lead < 0xE0 && at + 1 < text.size()) {
    const char32_t c = (lead & 0x1F) << 6 | (byte(at + 1) & 0x3F);
    return at += 2, c;
  }
  if (lead < 0xF0 && at + 2 < text.size()) {
    const char32_t c = (lead & 0x0F) << 12 | (byte(at + 1) & 0x3F) << 6 | (byte(at + 2) & 0x3F);
    return at += 3, c;
  }
  if (at + 3 < text.size()) {
    const char32_t c = (lead & 0x07) << 18 | (byte(at + 1) & 0x3F) << 12 | (byte(at + 2) & 0x3F) << 6 |
                       (byte(at + 3) & 0x3F);
    return at += 4, c;
  }
  at = text.size();
  return U'\uFFFD';
}

char32_t next_mended_code_point(std::string_view text, std::size_t& at) noexcept {
  if (static_cast<unsigned char>(text[at]) < 0x80) return static_cast<unsigned char>(text[at++]);
  // No code point is longer.
  if (valid_utf8_prefix(text.substr(at, 4)) != 0) return next_code_point(text, at);
  ++at;
  return 0xFFFD;
}

void append_code_point(std::string& out, char32_t c) {
  const auto put = [&](char32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | c >> 6), put(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    put(0xE0 | c >> 12), put(0x80 | (c >> 6 & 0x3F)), put(0x80 | (c & 0x3F));
  } else {
    put(0xF0 | c >> 18), put(0x80 | (c >> 12 & 0x3F)), put(0x80 | (c >> 6 & 0x3F)), put(0x80 | (c & 0x3F));
  }
}

std::string mend_utf8(std::string_view text) {
  if (is_valid_utf8(text)) return std::string(text);
  std::string out;
  for (std::size_t at = 0; at < text.size();) append_code_point(out, next_mended_code_point(text, at));
  return out;
}

std::size_t count_code_points(std::string_view text) noexcept {
  std::size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return count;
}

std::string_view truncate_utf8(std::string_view text, std::size_t max_bytes) noexcept {
  if (text.size() <= max_bytes) return text;
  std::size_t end = max_bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end);
}

bool is_control(char32_t c) noexcept {
  if (c == U'\t' || c == U'\n') return false;
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

namespace {

bool is_unseen(char32_t c) {
  return is_control(c) || c == U'\t' || c == U'\n' || c == 0x061C || c == 0x200E || c == 0x200F ||
         c == 0x2028 || c == 0x2029;
}

void append_escaped(std::string& out, char32_t c) {
  static constexpr char kHex[] = "0123456789abcdef";
  if (c == U'\n' || c == U'\r' || c == U'\t') {
    out += c == U'\n' ? "\\n" : c == U'\r' ? "\\r" : "\\t";
    return;
  }
  out += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) out.push_back(kHex[(c >> shift) & 15]);
}

}  // namespace

std::string escape_unseen(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  const std::size_t valid = valid_utf8_prefix(text);
  for (std::size_t at = 0; at < valid;) {
    const std::size_t start = at;
    const char32_t c = next_code_point(text, at);
    if (is_unseen(c))
      append_escaped(out, c);
    else
      out.append(text, start, at - start);
  }
  return out.append(text, valid);
}

}  // namespace wardroom
