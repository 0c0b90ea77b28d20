#include "server/domain/reaction.hpp"

#include "common/base/utf8.hpp"
#include "protocol/limits.hpp"

namespace wardroom::domain {
namespace {

// Unicode's White_Space beyond the controls.
bool is_space(char32_t c) {
  return c == U' ' || c == U'\t' || c == U'\n' || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) ||
         c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

// Joiners and variation selectors, which belong to an emoji's sequence but show nothing alone; and the
// fillers, marks and byte order marks that show nothing ever.
bool is_joiner(char32_t c) {
  return c == 0x200D || (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0020 && c <= 0xE007F);
}
bool is_unseen(char32_t c) {
  return c == 0xAD || c == 0x034F || c == 0x061C || c == 0x115F || c == 0x1160 || c == 0x17B4 ||
         c == 0x17B5 || c == 0x180E || (c >= 0x200B && c <= 0x200C) || c == 0x200E || c == 0x200F ||
         (c >= 0x2060 && c <= 0x2064) || c == 0x2800 || c == 0x3164 || c == 0xFEFF || c == 0xFFA0;
}

}  // namespace

Result<void> check_reaction(std::string_view field, std::string_view emoji) {
  const auto refusal =
      params_error(std::string(field), "A reaction is one emoji or a short word, at most 32 bytes.");
  if (emoji.empty() || emoji.size() > protocol::kMaxReactionBytes || !is_valid_utf8(emoji)) return refusal;
  bool is_seen = false;
  for (std::size_t at = 0; at < emoji.size();) {
    const char32_t c = next_code_point(emoji, at);
    if (is_control(c) || is_space(c) || is_unseen(c)) return refusal;
    is_seen = is_seen || !is_joiner(c);
  }
  return is_seen ? ok() : Result<void>(refusal);
}

}  // namespace wardroom::domain
