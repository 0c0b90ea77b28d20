#include "common/text/emoji_sequence.hpp"

#include "common/base/utf8.hpp"

namespace wardroom::text {
namespace {

constexpr char32_t kJoiner = 0x200D;
constexpr char32_t kTextStyle = 0xFE0E;
constexpr char32_t kEmojiStyle = 0xFE0F;
constexpr char32_t kKeycap = 0x20E3;

bool is_flag_letter(char32_t c) {
  return c >= 0x1F1E6 && c <= 0x1F1FF;
}
bool is_skin_tone(char32_t c) {
  return c >= 0x1F3FB && c <= 0x1F3FF;
}
bool is_tag(char32_t c) {
  return c >= 0xE0020 && c <= 0xE007F;
}
bool is_keycap_base(char32_t c) {
  return c == '#' || c == '*' || (c >= '0' && c <= '9');
}

// Shown in colour without being asked to (Emoji_Presentation), as ranges.
bool is_emoji(char32_t c) {
  if (c >= 0x1F300 && c <= 0x1FAFF) return !(c >= 0x1F650 && c <= 0x1F67F) && !(c >= 0x1F700 && c <= 0x1F7DF);
  switch (c) {
    case 0x231A:
    case 0x231B:
    case 0x23E9:
    case 0x23EA:
    case 0x23EB:
    case 0x23EC:
    case 0x23F0:
    case 0x23F3:
    case 0x25FD:
    case 0x25FE:
    case 0x2614:
    case 0x2615:
    case 0x267F:
    case 0x2693:
    case 0x26A1:
    case 0x26AA:
    case 0x26AB:
    case 0x26BD:
    case 0x26BE:
    case 0x26C4:
    case 0x26C5:
    case 0x26CE:
    case 0x26D4:
    case 0x26EA:
    case 0x26F2:
    case 0x26F3:
    case 0x26F5:
    case 0x26FA:
    case 0x26FD:
    case 0x2705:
    case 0x270A:
    case 0x270B:
    case 0x2728:
    case 0x274C:
    case 0x274E:
    case 0x2753:
    case 0x2754:
    case 0x2755:
    case 0x2757:
    case 0x2795:
    case 0x2796:
    case 0x2797:
    case 0x27B0:
    case 0x27BF:
    case 0x2B1B:
    case 0x2B1C:
    case 0x2B50:
    case 0x2B55:
    case 0x1F004:
    case 0x1F0CF:
    case 0x1F18E:
    case 0x1F201:
    case 0x1F21A:
    case 0x1F22F:
      return true;
    default:
      return (c >= 0x2648 && c <= 0x2653) || (c >= 0x1F191 && c <= 0x1F19A) ||
             (c >= 0x1F232 && c <= 0x1F236) || (c >= 0x1F238 && c <= 0x1F23A) || c == 0x1F250 || c == 0x1F251;
  }
}

// Shown in colour only when U+FE0F follows: the heart, the check mark, the sun.
bool may_be_emoji(char32_t c) {
  return (c >= 0x203C && c <= 0x3299) || c == 0xA9 || c == 0xAE || (c >= 0x1F100 && c <= 0x1F2FF) ||
         (c >= 0x1F650 && c <= 0x1F67F);
}

char32_t peek(std::string_view text, std::size_t at) {
  return at < text.size() ? next_code_point(text, at) : 0;
}

void skip(std::string_view text, std::size_t& at) {
  (void)next_code_point(text, at);
}

// One element of a joined sequence, with its style and skin tone. 0 if none starts here.
std::size_t element_end(std::string_view text, std::size_t at) {
  const char32_t first = next_code_point(text, at);
  const char32_t second = peek(text, at);
  if (second == kTextStyle) return 0;
  if (!is_emoji(first) && !(may_be_emoji(first) && (second == kEmojiStyle || is_skin_tone(second)))) return 0;
  if (second == kEmojiStyle) skip(text, at);
  if (is_skin_tone(peek(text, at))) skip(text, at);
  while (is_tag(peek(text, at))) skip(text, at);
  return at;
}

}  // namespace

std::size_t emoji_sequence_length(std::string_view text, std::size_t at) {
  const std::size_t start = at;
  const char32_t first = next_code_point(text, at);
  if (is_flag_letter(first)) {
    if (!is_flag_letter(peek(text, at))) return 0;
    skip(text, at);
    return at - start;
  }
  if (is_keycap_base(first)) {
    if (peek(text, at) == kEmojiStyle) skip(text, at);
    if (peek(text, at) != kKeycap) return 0;
    skip(text, at);
    return at - start;
  }
  std::size_t end = element_end(text, start);
  while (end != 0 && peek(text, end) == kJoiner) {
    std::size_t next = end;
    skip(text, next);
    if (next >= text.size()) break;
    const std::size_t joined = element_end(text, next);
    if (joined != 0) {
      end = joined;
      continue;
    }
    // U+2642 and its like follow a joiner also without U+FE0F in old texts.
    if (!may_be_emoji(peek(text, next))) break;
    skip(text, next);
    end = next;
  }
  return end == 0 ? 0 : end - start;
}

}  // namespace wardroom::text
