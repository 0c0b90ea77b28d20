#include "protocol/commitment.hpp"

#include <algorithm>
#include <cassert>
#include <charconv>
#include <initializer_list>

namespace wardroom::protocol {
namespace {

using Act = MessageVersion::Act;

void append_lines(std::string& bytes, std::initializer_list<std::int64_t> numbers) {
  for (const std::int64_t number : numbers) {
    bytes += std::to_string(number);
    bytes.push_back('\n');
  }
}

std::string_view first_line(MessageForm form) {
  switch (form) {
    case MessageForm::v1:
      return "wardroom message v1\n";
    case MessageForm::v2:
      return "wardroom message v2\n";
    case MessageForm::v3:
      break;
  }
  return "wardroom message v3\n";
}

std::string_view first_line(Act act) {
  switch (act) {
    case Act::edited:
      return "wardroom edit v1\n";
    case Act::deleted:
      return "wardroom delete v1\n";
    case Act::restored:
      return "wardroom restore v1\n";
    case Act::posted:
      break;
  }
  assert(false);
  return {};
}

// "SIZE SHA256 NAME"
std::optional<CarriedFile> parse_file(std::string_view text) {
  CarriedFile file;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), file.size);
  if (error != std::errc{} || file.size < 0) return std::nullopt;
  const auto digits = static_cast<std::size_t>(end - text.data());
  constexpr std::size_t kHash = 2 * sizeof(Digest);
  const std::string_view rest = text.substr(digits);
  if (rest.size() < kHash + 3 || rest[0] != ' ' || rest[kHash + 1] != ' ') return std::nullopt;
  const auto hash = to_digest(parse_hex(rest.substr(1, kHash)));
  if (!hash) return std::nullopt;
  file.sha256 = *hash;
  file.name = rest.substr(kHash + 2);
  // There is one way to write it.
  std::string again;
  append_file(again, file);
  if (again != text) return std::nullopt;
  return file;
}

}  // namespace

void append_file(std::string& line, const CarriedFile& file) {
  if (!line.empty()) line.push_back('\t');
  line += std::to_string(file.size) + " " + to_hex(file.sha256) + " " + file.name;
}

std::optional<std::vector<CarriedFile>> parse_files(std::string_view line) {
  std::vector<CarriedFile> files;
  if (line.empty()) return files;
  for (;;) {
    const auto tab = line.find('\t');
    auto file = parse_file(line.substr(0, tab));
    if (!file || file->name.find('\n') != std::string::npos) return std::nullopt;
    files.push_back(std::move(*file));
    if (tab == std::string_view::npos) return files;
    line.remove_prefix(tab + 1);
  }
}

Uuid to_client_id(std::span<const std::byte> stored) {
  Uuid id;
  std::copy_n(stored.begin(), std::min(stored.size(), id.bytes.size()), id.bytes.begin());
  return id;
}

std::string canonical_bytes(const PostedState& s) {
  constexpr std::size_t kBeforeText = 160;  // at most, nearly always
  std::string bytes;
  bytes.reserve(kBeforeText + s.files.size() + s.text.size());
  bytes += first_line(s.form);
  append_lines(bytes, {s.room.value, s.seq.value, s.author.value, to_unix_ms(s.at)});
  if (s.form != MessageForm::v1) {
    if (s.reply_to) bytes += std::to_string(s.reply_to->value);
    bytes += "\n" + to_string(s.client_id) + "\n";
    bytes += s.files;
    bytes.push_back('\n');
    if (s.form == MessageForm::v3) append_lines(bytes, {s.thread.value_or(Seq{}).value});
  }
  bytes += s.text;
  return bytes;
}

Digest commit_to(const Salt& salt, const PostedState& s) {
  return sha256({salt, as_bytes(canonical_bytes(s))});
}

std::string canonical_bytes(const FileState& s) {
  std::string bytes = "wardroom file v1\n" + to_string(s.id) + "\n";
  append_lines(bytes, {s.user.value, s.room.value, s.size});
  bytes += to_hex(s.sha256) + "\n";
  bytes += s.name;
  return bytes;
}

Digest commit_to(const Salt& salt, const FileState& s) {
  return sha256({salt, as_bytes(canonical_bytes(s))});
}

std::string canonical_bytes(const ChangedState& s) {
  std::string bytes(first_line(s.act));
  append_lines(bytes, {s.room.value, s.seq.value, s.version, s.by.value, to_unix_ms(s.at)});
  bytes += s.reason;
  bytes.push_back('\n');
  bytes += s.text;
  return bytes;
}

Digest commit_to(const Salt& salt, const ChangedState& s) {
  return sha256({salt, as_bytes(canonical_bytes(s))});
}

std::string canonical_bytes(const ReactionState& s) {
  std::string bytes = "wardroom reaction v1\n";
  append_lines(bytes, {s.room.value, s.message.value, s.number.value, s.user.value, to_unix_ms(s.at)});
  bytes += s.added ? "added\n" : "removed\n";
  bytes += s.emoji;
  return bytes;
}

Digest commit_to(const Salt& salt, const ReactionState& s) {
  return sha256({salt, as_bytes(canonical_bytes(s))});
}

}  // namespace wardroom::protocol
