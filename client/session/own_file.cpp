#include "client/session/own_file.hpp"

#include <filesystem>
#include <system_error>

#include "common/base/utf8.hpp"

namespace wardroom::client {
namespace {

constexpr std::size_t kMostNameBytes = 255;

Error unreadable_file(const std::string& path, const std::error_code& why) {
  if (why == std::errc::no_such_file_or_directory)
    return conflict("file_gone",
                    "It isn't at " + path + " any more. Put it back and try again, or remove it here.");
  return conflict("file_unreadable", path + " can't be read (" + why.message() + ").");
}

Error changed_file() {
  return conflict(
      "file_changed",
      "It was changed after you attached it, so it isn't sent. Remove it here and attach it again.");
}

// A name may be any bytes; the wire carries UTF-8.
std::string wire_name(const std::string& path) {
  std::string name = std::filesystem::path(path).filename().string();
  std::string clean;
  std::string_view rest = name;
  while (!rest.empty()) {
    const std::size_t good = valid_utf8_prefix(rest);
    clean += rest.substr(0, good);
    rest.remove_prefix(good);
    if (rest.empty()) break;
    clean += "\xEF\xBF\xBD";
    rest.remove_prefix(1);
  }
  clean = std::string(truncate_utf8(clean, kMostNameBytes));
  return clean.empty() ? "file" : clean;
}

}  // namespace

Result<OwnFile> OwnFile::open(const std::string& path) {
  OpenedFile opened;
  if (const auto why = opened.open(path)) return unreadable_file(path, why);
  OpenedFile::Status status;
  if (const auto why = opened.look(status)) return unreadable_file(path, why);
  if (status.kind == OpenedFile::Kind::folder)
    return conflict("not_a_file", path + " is a folder. Pack it into an archive first, and send that.");
  if (status.kind != OpenedFile::Kind::ordinary)
    return conflict("not_a_file", path + " isn't an ordinary file.");
  return OwnFile(path, std::move(opened));
}

Result<LocalFile> OwnFile::look() const {
  OpenedFile::Status status;
  if (const auto why = opened_.look(status)) return unreadable_file(path_, why);
  return LocalFile{path_, wire_name(path_), status.size, status.modified_ns};
}

Result<void> OwnFile::check_unchanged(std::int64_t size, std::int64_t modified_ns) const {
  const auto now = look();
  if (!now) return now.error();
  if (now->size != size || now->modified_ns != modified_ns) return changed_file();
  return ok();
}

Result<std::string> OwnFile::read(std::int64_t at, std::size_t most) const {
  std::string piece(most, '\0');
  std::size_t count = 0;
  if (const auto why = opened_.read_at(at, piece, count)) return unreadable_file(path_, why);
  if (count == 0 && most > 0) return changed_file();
  piece.resize(count);
  return piece;
}

}  // namespace wardroom::client
