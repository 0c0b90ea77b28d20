#pragma once

#include <optional>
#include <string>
#include <string_view>

// The Unicode rules that names need, from ICU, beyond those of common/text. Texts are well-formed UTF-8. Pure
// functions, any thread.
namespace wardroom::domain {

// UTS 39's skeleton: texts that look alike have the same one.
std::string skeleton(std::string_view text);

// Every run of white space becomes one space.
std::string with_single_spaces(std::string_view text);
bool has_white_space(std::string_view text);
// Whether nothing of it would be seen: white space and characters that aren't shown.
bool is_blank(std::string_view text);

// One spelling for each emoji: those that are shown as text by themselves are followed by U+FE0F wherever
// UTS 51 has it in a fully-qualified emoji, and no other has a variation selector.
std::string with_emoji_style(std::string_view text);

// As a sentence that names it: the first character that isn't shown, or marks that pile up on a letter. Emoji
// sequences, and joiners within the scripts that need them, are in order.
std::optional<std::string> find_unshown(std::string_view text);
// What is wrong with a name, as a sentence that says which character: one that isn't shown, or letters of
// several scripts in one word that look alike (UTS 39, moderately restrictive). Emoji sequences, and joiners
// within the scripts that need them, are in order.
std::optional<std::string> find_confusing(std::string_view name);

}  // namespace wardroom::domain
