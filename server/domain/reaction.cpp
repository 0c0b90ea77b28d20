#include "server/domain/reaction.hpp"

#include "common/base/utf8.hpp"
#include "common/text/unicode.hpp"
#include "protocol/limits.hpp"
#include "server/domain/unicode.hpp"

namespace wardroom::domain {

Result<std::string> check_reaction(std::string_view field, std::string_view emoji) {
  const auto refusal =
      params_error(std::string(field), "A reaction is one emoji or a short word, at most 64 bytes.");
  if (emoji.empty() || emoji.size() > protocol::kMaxReactionBytes || !is_valid_utf8(emoji)) return refusal;
  if (has_white_space(emoji)) return refusal;
  if (const auto unshown = find_unshown(emoji)) return params_error(std::string(field), *unshown);
  std::string spelt = with_emoji_style(text::to_nfc(emoji));
  if (spelt.size() > protocol::kMaxReactionBytes) return refusal;
  return spelt;
}

}  // namespace wardroom::domain
