#include "server/files/file_name.hpp"

#include <algorithm>
#include <array>

#include "common/base/utf8.hpp"

namespace wardroom::files {
namespace {

constexpr std::size_t kMaxNameBytes = 255;
// An ending that is longer isn't one.
constexpr std::size_t kMaxEndingBytes = 32;
constexpr std::string_view kNoName = "file";
constexpr std::string_view kReplacement = "\uFFFD";

// Beside is_control(): line ends, tabs, and the marks that nobody sees and that aren't part of any script's
// spelling, as U+200C and U+200D are.
bool is_unwanted(char32_t c) {
  return is_control(c) || c == U'\n' || c == U'\t' || c == 0x061C || c == 0x200B || c == 0x200E ||
         c == 0x200F || c == 0x2028 || c == 0x2029 || c == 0x2060 || c == 0xFEFF;
}

std::string to_utf8(std::string_view bytes) {
  std::string text;
  while (!bytes.empty()) {
    const auto good = valid_utf8_prefix(bytes);
    text += bytes.substr(0, good);
    bytes.remove_prefix(good);
    if (bytes.empty()) break;
    text += kReplacement;
    bytes.remove_prefix(1);
  }
  return text;
}

std::string without_unwanted(std::string_view text) {
  std::string kept;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    if (!is_unwanted(next_code_point(text, at))) kept += text.substr(begin, at - begin);
  }
  return kept;
}

// Blanks on both sides, and dots at the end, which Windows drops.
std::string_view trim_name(std::string_view name) {
  while (name.starts_with(' ')) name.remove_prefix(1);
  while (name.ends_with(' ') || name.ends_with('.')) name.remove_suffix(1);
  return name;
}

bool is_device(std::string_view name) {
  std::string stem(name.substr(0, name.find('.')));
  while (stem.ends_with(' ')) stem.pop_back();
  std::transform(stem.begin(), stem.end(), stem.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  constexpr std::array<std::string_view, 6> kDevices{"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"};
  if (std::find(kDevices.begin(), kDevices.end(), stem) != kDevices.end()) return true;
  return stem.size() == 4 && (stem.starts_with("COM") || stem.starts_with("LPT")) && stem[3] >= '0' &&
         stem[3] <= '9';
}

std::string shortened(const std::string& name) {
  if (name.size() <= kMaxNameBytes) return name;
  const auto dot = name.rfind('.');
  const bool has_ending = dot != std::string::npos && dot > 0 && name.size() - dot <= kMaxEndingBytes;
  const std::string ending = has_ending ? name.substr(dot) : std::string();
  return std::string(truncate_utf8(name, kMaxNameBytes - ending.size())) + ending;
}

constexpr std::string_view kHexDigits = "0123456789ABCDEF";

}  // namespace

std::string clean_file_name(std::string_view name) {
  // Both kinds of slash, wherever it comes from: a program of Windows may send its whole path.
  const std::string text = without_unwanted(to_utf8(name));
  const auto slash = text.find_last_of("/\\");
  std::string cleaned(
      trim_name(slash == std::string::npos ? text : std::string_view(text).substr(slash + 1)));
  if (cleaned.empty()) return std::string(kNoName);
  if (is_device(cleaned)) cleaned.insert(0, "_");
  return shortened(cleaned);
}

std::string content_disposition(std::string_view name) {
  std::string plain, coded;
  for (std::size_t at = 0; at < name.size();) {
    const std::size_t begin = at;
    const char32_t c = next_code_point(name, at);
    // A quotation mark, a backslash and a percent sign are read in more than one way.
    plain += c < 0x20 || c >= 0x7F || c == U'"' || c == U'\\' || c == U'%' ? '_' : static_cast<char>(c);
    for (const char byte : name.substr(begin, at - begin)) {
      const auto value = static_cast<unsigned char>(byte);
      const bool is_plain = (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
                            (byte >= 'A' && byte <= 'Z') || byte == '.' || byte == '-' || byte == '_';
      if (is_plain) {
        coded += byte;
      } else {
        coded += '%';
        coded += kHexDigits[value / 16];
        coded += kHexDigits[value % 16];
      }
    }
  }
  return "Content-Disposition: attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + coded;
}

}  // namespace wardroom::files
