#include "server/credentials/password_rules.hpp"

#include <algorithm>
#include <string>

#include "common/base/utf8.hpp"

namespace wardroom::credentials {
namespace {

// Shorter words of an office's name ("of", "the") say nothing about a password.
constexpr std::size_t kShortestOfficeWord = 4;

Error refuse(std::string message) {
  return params_error("password", std::move(message));
}

std::string lower(std::string_view text) {
  std::string out{text};
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}

// "summer" of "2026summer!": what remains without digits and marks at both ends.
std::string_view core_of(std::string_view text) {
  while (!text.empty() && !is_letter(text.front())) text.remove_prefix(1);
  while (!text.empty() && !is_letter(text.back())) text.remove_suffix(1);
  return text;
}

bool is_one_character(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [&](char c) { return c == text.front(); });
}

// 12345678, abcdefgh and the same backwards.
bool is_run(std::string_view text) {
  const int step = text[1] - text[0];
  if (step != 1 && step != -1) return false;
  for (std::size_t i = 1; i < text.size(); ++i)
    if (text[i] - text[i - 1] != step) return false;
  return true;
}

// Whether the password is the name itself, or one of its words with digits and marks around it.
bool repeats(std::string_view password, std::string_view name) {
  const std::string folded = lower(name);
  if (folded.empty()) return false;
  const std::string_view core = core_of(password);
  if (password == folded || core == folded) return true;
  std::string joined;
  for (std::size_t at = 0; at < folded.size();) {
    std::size_t end = at;
    while (end < folded.size() && is_letter(folded[end])) ++end;
    const std::string_view word = std::string_view{folded}.substr(at, end - at);
    if (word.size() >= kShortestOfficeWord && core == word) return true;
    joined += word;
    at = end + 1;
  }
  return !joined.empty() && core == joined;
}

}  // namespace

Result<void> check_new_password(const Secret& password, const PasswordContext& context) {
  const std::string_view text = password.reveal();
  if (text.size() < kMinPasswordBytes) return refuse("The password is too short. Use at least 8 characters.");
  if (text.size() > kMaxPasswordBytes) return refuse("The password is too long. Use at most 1,024 bytes.");
  if (!is_valid_utf8(text)) return refuse("The password isn't valid UTF-8. Type it again.");
  const Secret folded{lower(text)};
  const std::string_view lowered = folded.reveal();
  if (is_one_character(lowered) || is_run(lowered) || is_common_password(lowered) ||
      is_common_core(core_of(lowered)))
    return refuse(
        "This password is one of the first that an attacker tries. Use a few unrelated words instead.");
  if (repeats(lowered, context.user_name) || repeats(lowered, context.display_name))
    return refuse("The password must not be your name. Use a few unrelated words instead.");
  if (repeats(lowered, context.office_name))
    return refuse("The password must not be the office's name. Use a few unrelated words instead.");
  return ok();
}

}  // namespace wardroom::credentials
