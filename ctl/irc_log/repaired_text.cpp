#include "ctl/irc_log/repaired_text.hpp"

#include "common/base/utf8.hpp"

namespace wardroom::irc_log {
namespace {

// Windows-1252 from 0x80 to 0x9F; the rest of its upper half is Latin-1
// (https://encoding.spec.whatwg.org/#windows-1252).
constexpr char32_t kUpperHalf[32] = {0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                     0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
                                     0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                     0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};

constexpr char32_t kColour = 0x03;

std::string as_utf8(std::string_view bytes, bool& repaired) {
  std::string text;
  while (!bytes.empty()) {
    const auto valid = valid_utf8_prefix(bytes);
    text += bytes.substr(0, valid);
    bytes.remove_prefix(valid);
    if (bytes.empty()) break;
    repaired = true;
    const auto byte = static_cast<unsigned char>(bytes.front());
    append_code_point(text, byte < 0xA0 ? kUpperHalf[byte - 0x80] : byte);
    bytes.remove_prefix(1);
  }
  return text;
}

bool is_digit(std::string_view text, std::size_t at) {
  return at < text.size() && text[at] >= '0' && text[at] <= '9';
}

// mIRC's colour code is followed by up to two digits and, after a comma, up to two more.
std::size_t behind_colour(std::string_view text, std::size_t at) {
  const auto digits = [text](std::size_t from) {
    return is_digit(text, from) ? (is_digit(text, from + 1) ? 2u : 1u) : 0u;
  };
  const auto foreground = digits(at);
  at += foreground;
  if (foreground > 0 && at < text.size() && text[at] == ',' && is_digit(text, at + 1))
    at += 1 + digits(at + 1);
  return at;
}

}  // namespace

RepairedText repair_text(std::string_view bytes) {
  RepairedText repaired;
  const std::string text = as_utf8(bytes, repaired.encoding);
  for (std::size_t at = 0; at < text.size();) {
    const auto start = at;
    const char32_t c = next_code_point(text, at);
    if (!is_control(c)) {
      repaired.text.append(text, start, at - start);
      continue;
    }
    repaired.controls = true;
    if (c == kColour) at = behind_colour(text, at);
  }
  return repaired;
}

}  // namespace wardroom::irc_log
