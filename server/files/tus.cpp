#include "server/files/tus.hpp"

#include <charconv>
#include <utility>

namespace wardroom::files {
namespace {

std::string_view without_blanks(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

Error metadata_error(std::string what) {
  return params_error("Upload-Metadata", "Upload-Metadata " + std::move(what));
}

// "key VALUE" with the value in base64; a key alone has an empty value.
struct Pair {
  std::string_view key;
  std::string value;
};
std::optional<Pair> parse_pair(std::string_view text) {
  const auto blank = text.find(' ');
  Pair pair{text.substr(0, blank), {}};
  if (pair.key.empty()) return std::nullopt;
  if (blank == std::string_view::npos) return pair;
  const auto value = parse_base64(without_blanks(text.substr(blank + 1)));
  if (!value) return std::nullopt;
  pair.value = as_text(*value);
  return pair;
}

}  // namespace

std::optional<std::int64_t> parse_upload_number(std::string_view text) {
  std::int64_t number = 0;
  if (text.empty() || text.front() == '-') return std::nullopt;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number > kMaxUploadBytes)
    return std::nullopt;
  return number;
}

Result<UploadMetadata> parse_upload_metadata(std::string_view line) {
  if (line.size() > kMaxMetadataBytes)
    return metadata_error("may have " + std::to_string(kMaxMetadataBytes) + " bytes.");
  UploadMetadata metadata;
  bool has_room = false, has_name = false;
  while (!line.empty()) {
    const auto comma = line.find(',');
    const auto pair = parse_pair(without_blanks(line.substr(0, comma)));
    if (!pair) return metadata_error("is a list of \"key VALUE\" with commas between, the values in base64.");
    line = comma == std::string_view::npos ? std::string_view() : line.substr(comma + 1);
    if (pair->key == "room") {
      const auto room = parse_upload_number(pair->value);
      if (!room || *room == 0 || std::exchange(has_room, true))
        return metadata_error("names one room, by its id, in base64.");
      metadata.room = *room;
    } else if (pair->key == "filename") {
      if (std::exchange(has_name, true)) return metadata_error("has filename twice.");
      metadata.filename = pair->value;
    }
  }
  if (!has_room) return metadata_error("must name the room that the file is for: room and its id in base64.");
  return metadata;
}

Result<Checksum> parse_checksum(std::string_view line) {
  const auto blank = line.find(' ');
  const std::string_view name = line.substr(0, blank);
  Checksum checksum;
  std::size_t size = 20;
  if (name == "sha256") {
    checksum.algorithm = Checksum::Algorithm::sha256;
    size = 32;
  } else if (name != "sha1") {
    return params_error("Upload-Checksum",
                        "Upload-Checksum is of one of these: " + std::string(kTusChecksums) + ".");
  }
  auto digest =
      blank == std::string_view::npos ? std::nullopt : parse_base64(without_blanks(line.substr(blank)));
  if (!digest || digest->size() != size)
    return params_error("Upload-Checksum",
                        "Upload-Checksum must be the name of the sum, a blank, and the sum in base64.");
  checksum.digest = std::move(*digest);
  return checksum;
}

}  // namespace wardroom::files
