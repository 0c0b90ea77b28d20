#include "server/domain/names.hpp"

#include "common/base/utf8.hpp"
#include "protocol/limits.hpp"
#include "server/domain/unicode.hpp"

namespace wardroom::domain {
namespace {

constexpr std::size_t kMaxUserNameBytes = 32;
constexpr std::size_t kMaxRoomNameBytes = 64;
constexpr std::size_t kMaxUncheckedBytes = 512;  // nothing longer shrinks to 64 bytes by normalisation
constexpr std::size_t kMaxEmailBytes = 254;
constexpr std::size_t kMaxSourceBytes = 16;
constexpr std::size_t kMaxImportedNameBytes = 128;

bool is_lower_alnum(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

std::string ascii_lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

std::string_view trimmed(std::string_view text) {
  const auto is_space = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

bool has_control(std::string_view text, bool allow_lines) {
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    if (is_control(c) || (!allow_lines && (c == U'\n' || c == U'\t'))) return true;
  }
  return false;
}

Error refuse(std::string_view field, std::string message) {
  return params_error(std::string(field), std::move(message));
}

}  // namespace

Result<std::string> check_user_name(std::string_view field, std::string_view name) {
  std::string lower = ascii_lower(trimmed(name));
  if (lower.size() < 2 || lower.size() > kMaxUserNameBytes)
    return refuse(field, "A user name has 2 to 32 characters.");
  if (!is_lower_alnum(lower.front()))
    return refuse(field, "A user name starts with a letter a–z or a digit.");
  for (const char c : lower)
    if (!is_lower_alnum(c) && c != '.' && c != '-' && c != '_')
      return refuse(field, "A user name consists of letters a–z, digits, dots, hyphens and underscores.");
  return lower;
}

Result<std::string> check_display_name(std::string_view field, std::string_view name) {
  if (has_control(trimmed(name), false))
    return refuse(field, "A display name has no line breaks or control characters.");
  if (name.size() > kMaxUncheckedBytes) return refuse(field, "A display name has 1 to 64 bytes.");
  const std::string spaced = with_single_spaces(to_nfc(name));
  const std::string_view shown = trimmed(spaced);
  if (shown.empty() || shown.size() > protocol::kMaxDisplayNameBytes)
    return refuse(field, "A display name has 1 to 64 bytes.");
  if (auto confusing = find_confusing(shown)) return refuse(field, std::move(*confusing));
  return std::string(shown);
}

Result<std::string> check_room_name(std::string_view field, std::string_view name) {
  if (name.starts_with('#')) name.remove_prefix(1);
  if (name.empty() || name.size() > kMaxUncheckedBytes)
    return refuse(field, "A room name has 1 to 64 bytes.");
  std::string plain = to_nfkc(name);
  if (plain.empty() || plain.size() > kMaxRoomNameBytes)
    return refuse(field, "A room name has 1 to 64 bytes.");
  if (has_control(plain, false) || has_white_space(plain) ||
      plain.find_first_of("#@:,/") != std::string::npos)
    return refuse(field, "A room name has no spaces and none of # @ : , / in it; use hyphens.");
  if (auto confusing = find_confusing(plain)) return refuse(field, std::move(*confusing));
  return plain;
}

std::string room_name_key(std::string_view name) {
  return casefolded(name);
}

RoomNameLook room_name_look(std::string_view name) {
  // Folded at the end: the skeleton of 0 is O, which is o to people.
  return {casefolded(skeleton(to_nfkc(name))), casefolded(skeleton(casefolded(name)))};
}

Result<std::string> check_line(std::string_view field, std::string_view text, std::size_t max_bytes) {
  text = trimmed(text);
  if (text.size() > max_bytes)
    return refuse(field, "This text has at most " + std::to_string(max_bytes) + " bytes.");
  if (has_control(text, false)) return refuse(field, "This text is one line without control characters.");
  return is_blank(text) ? std::string() : std::string(text);
}

Result<void> check_message_text(std::string_view field, std::string_view text) {
  if (text.size() > protocol::kMaxTextBytes)
    return Error{ErrorCode::too_large,
                 "A message has at most 16 KiB; send a longer text as a file.",
                 "",
                 std::string(field),
                 {}};
  if (is_blank(text))
    return refuse(field, "A message can't be empty, and nothing of this one would be seen.");
  if (has_control(text, true))
    return refuse(field, "A message has no control characters other than tab and line break.");
  return ok();
}

Result<std::string> check_email(std::string_view field, std::string_view email) {
  email = trimmed(email);
  if (email.empty()) return std::string();
  const auto at = email.find('@');
  if (email.size() > kMaxEmailBytes || at == 0 || at == std::string_view::npos || at + 1 == email.size() ||
      has_control(email, false) || email.find(' ') != std::string_view::npos)
    return refuse(field, "An e-mail address looks like name@example.org.");
  return std::string(email);
}

Result<std::string> imported_user_name(std::string_view source, std::string_view author) {
  if (source.empty() || source.size() > kMaxSourceBytes)
    return refuse("params.source", "A source has 1 to 16 characters.");
  for (const char c : source)
    if (!is_lower_alnum(c))
      return refuse("params.source", "A source consists of letters a–z and digits, for example irc.");
  if (author.empty() || author.size() > kMaxImportedNameBytes || has_control(author, false))
    return refuse("params.messages.author",
                  "An author's name has 1 to 128 bytes without control characters.");
  return std::string(source) + ":" + std::string(author);
}

}  // namespace wardroom::domain
