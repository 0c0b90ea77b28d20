#include "server/domain/names.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "common/base/trimmed.hpp"
#include "common/base/utf8.hpp"
#include "common/text/unicode.hpp"
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

// @room calls everybody; the others are what people of other systems type for it.
constexpr std::array<std::string_view, 6> kCallsEverybody = {"all",      "channel", "everybody",
                                                             "everyone", "here",    "room"};

bool is_lower_alnum(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

std::string ascii_lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

// A character that may not be in a text, and where: lines and characters, both from 1.
struct Unfit {
  char32_t sign = 0;
  std::size_t line = 1;
  std::size_t column = 1;
};

std::optional<Unfit> find_unfit(std::string_view text, bool allow_lines) {
  Unfit place;
  for (std::size_t at = 0; at < text.size(); ++place.column) {
    place.sign = next_code_point(text, at);
    const bool is_break = place.sign == U'\n' || place.sign == U'\t';
    if (is_control(place.sign) || (is_break && !allow_lines)) return place;
    if (place.sign == U'\n') place = {0, place.line + 1, 0};
  }
  return std::nullopt;
}

std::string describe(const Unfit& unfit) {
  if (unfit.sign == U'\n') return "a line break";
  if (unfit.sign == U'\t') return "a tab";
  const std::string name = text::name_of(unfit.sign);
  return name.find(' ') == std::string::npos ? "the control character " + name : name;
}

// "A topic can't hold … (character 7). Take it out."
Error refuse_unfit(std::string_view field, std::string_view what, const Unfit& unfit) {
  return params_error(std::string(field), std::string(what) + " can't have " + describe(unfit) +
                                              " in it (character " + std::to_string(unfit.column) +
                                              "). Take it out.");
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

Result<std::string> check_new_user_name(std::string_view field, std::string_view name) {
  auto checked = check_user_name(field, name);
  if (checked && std::ranges::find(kCallsEverybody, *checked) != kCallsEverybody.end())
    return refuse(field,
                  "@" + *checked + " is what people write to call everybody. Choose another user name.");
  return checked;
}

Result<std::string> check_display_name(std::string_view field, std::string_view name) {
  if (const auto unfit = find_unfit(trimmed(name), false))
    return refuse_unfit(field, "A display name", *unfit);
  if (name.size() > kMaxUncheckedBytes) return refuse(field, "A display name has 1 to 64 bytes.");
  const std::string spaced = with_single_spaces(text::to_nfc(name));
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
  std::string plain = text::to_nfkc(name);
  if (plain.empty() || plain.size() > kMaxRoomNameBytes)
    return refuse(field, "A room name has 1 to 64 bytes.");
  if (const auto unfit = find_unfit(plain, false)) return refuse_unfit(field, "A room name", *unfit);
  if (has_white_space(plain) || plain.find_first_of("#@:,/") != std::string::npos)
    return refuse(field, "A room name has no spaces and none of # @ : , / in it; use hyphens.");
  if (auto confusing = find_confusing(plain)) return refuse(field, std::move(*confusing));
  return plain;
}

std::string room_name_key(std::string_view name) {
  return text::casefolded(name);
}

RoomNameLook room_name_look(std::string_view name) {
  // Folded at the end: the skeleton of 0 is O, which is o to people.
  using text::casefolded;
  return {casefolded(skeleton(text::to_nfkc(name))), casefolded(skeleton(casefolded(name)))};
}

std::string cleaned_text(std::string_view text) {
  std::string clean;
  clean.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    const char32_t c = next_code_point(text, at);
    const bool reorders = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    if (reorders || (c == 0xFEFF && start == 0)) continue;
    if (c == U'\r' && at < text.size() && text[at] == '\n') continue;
    const bool ends_line = c == U'\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
    if (ends_line)
      clean.push_back('\n');
    else
      clean.append(text, start, at - start);
  }
  return clean;
}

Result<std::string> check_line(std::string_view field, std::string_view text, std::size_t max_bytes) {
  const std::string clean = cleaned_text(text);
  text = trimmed(clean);
  if (text.size() > max_bytes)
    return refuse(field, "This text is too long: use " + std::to_string(max_bytes) + " bytes or fewer.");
  if (const auto unfit = find_unfit(text, false)) return refuse_unfit(field, "This one-line text", *unfit);
  return is_blank(text) ? std::string() : std::string(text);
}

Result<std::string> check_message_text(std::string_view field, std::string_view text) {
  std::string clean = cleaned_text(text);
  if (clean.size() > protocol::kMaxTextBytes)
    return Error{ErrorCode::too_large,
                 "That's longer than a message can be (16 KiB). Shorten it, or send it in parts.",
                 "",
                 std::string(field),
                 {}};
  if (is_blank(clean))
    return refuse(field, "A message can't be empty, and nothing of this one would be seen.");
  if (const auto unfit = find_unfit(clean, true))
    return refuse(field, "Line " + std::to_string(unfit->line) + ", character " +
                             std::to_string(unfit->column) + " is " + describe(*unfit) +
                             ", which a message can't have. Take it out and send it again.");
  return clean;
}

Result<std::string> check_email(std::string_view field, std::string_view email) {
  email = trimmed(email);
  if (email.empty()) return std::string();
  const auto at = email.find('@');
  if (email.size() > kMaxEmailBytes || at == 0 || at == std::string_view::npos || at + 1 == email.size() ||
      find_unfit(email, false) || email.find(' ') != std::string_view::npos)
    return refuse(field, "An e-mail address looks like name@example.org.");
  return std::string(email);
}

Result<std::string> imported_user_name(std::string_view source, std::string_view author) {
  if (source.empty() || source.size() > kMaxSourceBytes)
    return refuse("params.source", "A source has 1 to 16 characters.");
  for (const char c : source)
    if (!is_lower_alnum(c))
      return refuse("params.source", "A source consists of letters a–z and digits, for example irc.");
  if (author.empty() || author.size() > kMaxImportedNameBytes)
    return refuse("params.messages.author", "An author's name has 1 to 128 bytes.");
  if (const auto unfit = find_unfit(author, false))
    return refuse_unfit("params.messages.author", "An author's name", *unfit);
  return std::string(source) + ":" + std::string(author);
}

}  // namespace wardroom::domain
