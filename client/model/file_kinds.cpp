#include "client/model/file_kinds.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "common/language/tr.hpp"

namespace wardroom::client {
namespace {

// What the program has to hold at once while it decodes.
constexpr std::int64_t kMostInlineBytes = 20 * 1024 * 1024;

// The endings that are opened, and what their bytes must be.
struct Opened {
  std::string_view ending;
  std::string_view type;  // the beginning of it
};
constexpr std::array kOpened = std::to_array<Opened>({
    {"pdf", "application/pdf"},
    {"png", "image/png"},
    {"jpg", "image/jpeg"},
    {"jpeg", "image/jpeg"},
    {"gif", "image/gif"},
    {"webp", "image/webp"},
    {"bmp", "image/bmp"},
    {"bmp", "image/x-ms-bmp"},
    {"tif", "image/tiff"},
    {"tiff", "image/tiff"},
    {"heic", "image/hei"},
    {"txt", "text/plain"},
    {"log", "text/plain"},
    {"md", "text/plain"},
    {"csv", "text/csv"},
    {"csv", "text/plain"},
    {"json", "application/json"},
    {"mp3", "audio/"},
    {"ogg", "audio/"},
    {"opus", "audio/"},
    {"wav", "audio/"},
    {"flac", "audio/"},
    {"m4a", "audio/"},
    {"mp4", "video/"},
    {"m4v", "video/"},
    {"webm", "video/"},
    {"mkv", "video/"},
    {"mov", "video/"},
    {"odt", "application/vnd.oasis.opendocument."},
    {"ods", "application/vnd.oasis.opendocument."},
    {"odp", "application/vnd.oasis.opendocument."},
    {"docx", "application/vnd.openxmlformats-officedocument."},
    {"xlsx", "application/vnd.openxmlformats-officedocument."},
    {"pptx", "application/vnd.openxmlformats-officedocument."},
    {"zip", "application/zip"},
});

std::string ending_of(std::string_view name) {
  const auto dot = name.rfind('.');
  if (dot == std::string_view::npos || dot + 1 == name.size()) return {};
  std::string ending(name.substr(dot + 1));
  for (char& c : ending)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return ending;
}

std::string with_unit(double amount, std::string_view unit) {
  // One digit behind the point says enough of a small number.
  const auto tenths = static_cast<std::int64_t>(std::llround(amount * 10));
  std::string text = std::to_string(amount < 10 ? tenths / 10 : (tenths + 5) / 10);
  if (amount < 10 && tenths % 10 != 0) text += "." + std::to_string(tenths % 10);
  return text + " " + std::string(unit);
}

}  // namespace

std::string size_words(std::int64_t bytes) {
  constexpr double kStep = 1024;
  if (bytes < 1024) return tr_count(bytes, "{0} byte", "{0} bytes");
  const auto amount = static_cast<double>(bytes);
  if (amount < kStep * kStep) return with_unit(amount / kStep, "KB");
  if (amount < kStep * kStep * kStep) return with_unit(amount / kStep / kStep, "MB");
  return with_unit(amount / kStep / kStep / kStep, "GB");
}

FileGroup group_of(const protocol::File& file) {
  const std::string_view type = file.type;
  if (type.starts_with("image/")) return FileGroup::picture;
  if (type.starts_with("audio/") || type.starts_with("video/")) return FileGroup::sound_or_film;
  const bool document = type.starts_with("text/") || type == "application/pdf" ||
                        type.starts_with("application/vnd.oasis.opendocument.") ||
                        type.starts_with("application/vnd.openxmlformats-officedocument.") ||
                        type == "application/msword" || type == "application/json";
  return document ? FileGroup::document : FileGroup::other;
}

std::string kind_words(const protocol::File& file) {
  const std::string_view type = file.type;
  if (type == "application/pdf") return "PDF";
  if (type.starts_with("image/")) return tr("Picture");
  if (type.starts_with("audio/")) return tr("Sound");
  if (type.starts_with("video/")) return tr("Video");
  if (type == "text/plain") return tr("Text");
  if (group_of(file) == FileGroup::document) return tr("Document");
  std::string ending = ending_of(file.name);
  if (ending.empty() || ending.size() > 6) return tr("File");
  for (char& c : ending)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  return ending;
}

bool is_shown_inline(const protocol::File& file) {
  constexpr std::array<std::string_view, 4> kDecoded = {"image/png", "image/jpeg", "image/gif", "image/webp"};
  return file.size > 0 && file.size <= kMostInlineBytes &&
         std::find(kDecoded.begin(), kDecoded.end(), file.type) != kDecoded.end();
}

std::string why_only_saved(const protocol::File& file) {
  const std::string ending = ending_of(file.name);
  bool known = false;
  for (const auto& one : kOpened) {
    if (one.ending != ending) continue;
    if (file.type.starts_with(one.type)) return {};
    known = true;
  }
  return known ? tr("Inside it isn't what its name says, so it is only saved.")
               : tr("Files of this kind can run as programs or do more than show something, so it is only "
                    "saved.");
}

}  // namespace wardroom::client
