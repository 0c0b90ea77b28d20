#include "server/files/file_type.hpp"

#include <cerrno>
#include <fcntl.h>
#include <magic.h>
#include <vector>

#include "common/base/log.hpp"
#include "server/files/contents.hpp"

namespace wardroom::files {
namespace {

constexpr std::size_t kLookedAt = 64 * 1024;
constexpr std::string_view kUnknown = "application/octet-stream";
// Only the first bytes are looked at: no archive is opened, no program's tables are followed.
constexpr int kFlags = MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_TAR | MAGIC_NO_CHECK_ELF |
                       MAGIC_NO_CHECK_CDF | MAGIC_NO_CHECK_JSON | MAGIC_NO_CHECK_CSV;

// "type/subtype" in the letters that RFC 6838 has: it goes into a header line.
bool is_type(std::string_view text) {
  if (text.size() > 127 || text.find('/') == std::string_view::npos) return false;
  return text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$&-^_.+/") ==
         std::string_view::npos;
}

}  // namespace

std::string served_type(std::string_view type) {
  std::string lower(type);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  // JavaScript has sixteen names (RFC 9239 and the WHATWG's MIME Sniffing); each has one of these words in
  // it.
  for (const std::string_view word :
       {"javascript", "ecmascript", "jscript", "livescript", "css", "wasm", "json"})
    if (lower.find(word) != std::string::npos) return std::string(kUnknown);
  return lower.empty() ? std::string(kUnknown) : std::string(type);
}

FileTypes::FileTypes() = default;

FileTypes::~FileTypes() {
  if (magic_) magic_close(magic_);
}

Result<std::string> FileTypes::type_of(const std::string& file) {
  const Descriptor fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!fd) return storage_error("can't read files", errno);
  std::vector<char> bytes(kLookedAt);
  std::size_t size = 0;
  while (size < bytes.size()) {
    const ssize_t got = ::pread(fd.get(), bytes.data() + size, bytes.size() - size, static_cast<off_t>(size));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return storage_error("can't read files", errno);
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  const std::lock_guard lock(mutex_);
  if (!magic_) {
    magic_ = magic_open(kFlags);
    if (magic_ && magic_load(magic_, nullptr) != 0) {
      spdlog::error("files.no_types what=\"{}\"", magic_error(magic_) ? magic_error(magic_) : "unknown");
      magic_close(magic_);
      magic_ = nullptr;
    }
  }
  // Without it nothing could be refused by its type, so nothing is taken.
  if (!magic_)
    return unavailable(
        "The server can't tell types of files: libmagic finds no database (Debian: libmagic-mgc).");
  const char* type = magic_buffer(magic_, bytes.data(), size);
  return std::string(type && is_type(type) ? std::string_view(type) : kUnknown);
}

}  // namespace wardroom::files
