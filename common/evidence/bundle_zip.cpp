#include <algorithm>
#include <archive.h>
#include <archive_entry.h>
#include <array>
#include <set>
#include <vector>

#include "common/evidence/bundle_files.hpp"

namespace wardroom::evidence {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxFiles = 1'000'000;  // most of them what messages carry
constexpr std::int64_t kMaxBytes = std::int64_t{64} * 1024 * 1024 * 1024;

struct FreeReader {
  void operator()(archive* a) const { archive_read_free(a); }
};
struct FreeWriter {
  void operator()(archive* a) const { archive_write_free(a); }
};
struct FreeEntry {
  void operator()(archive_entry* e) const { archive_entry_free(e); }
};

Error failed(const fs::path& zip, archive* a, const char* what) {
  const char* why = archive_error_string(a);
  return make_error(ErrorCode::unavailable,
                    zip.string() + " can't be " + what + ": " + (why ? why : "not a bundle") + ".",
                    "bad_bundle");
}

bool is_plain_name(std::string_view name) {
  return !name.empty() && name.front() != '.' && name.find_first_of("/\\:") == std::string_view::npos &&
         name.size() <= 100;
}

Result<void> write_entry(archive* out, const fs::path& zip, const fs::path& file, std::int64_t unix_seconds,
                         const Stopped& stopped) {
  std::error_code error;
  const std::unique_ptr<archive_entry, FreeEntry> entry(archive_entry_new());
  archive_entry_set_pathname(entry.get(), file.filename().string().c_str());
  archive_entry_set_size(entry.get(), static_cast<la_int64_t>(fs::file_size(file, error)));
  archive_entry_set_filetype(entry.get(), AE_IFREG);
  archive_entry_set_perm(entry.get(), 0600);
  archive_entry_set_mtime(entry.get(), unix_seconds, 0);
  if (archive_write_header(out, entry.get()) != ARCHIVE_OK) return failed(zip, out, "written");
  std::ifstream in(file, std::ios::binary);
  std::vector<char> buffer(256 * 1024);
  while (in.read(buffer.data(), static_cast<std::streamsize>(buffer.size())), in.gcount() > 0) {
    if (stopped && stopped()) return gave_up();
    if (archive_write_data(out, buffer.data(), static_cast<std::size_t>(in.gcount())) < 0)
      return failed(zip, out, "written");
  }
  return ok();
}

// The entry's data into a file; `left` is what the whole bundle may still take.
Result<void> read_entry(archive* in, const fs::path& zip, const fs::path& file, std::int64_t& left) {
  NewFile out(file);
  std::vector<char> buffer(256 * 1024);
  for (;;) {
    const auto got = archive_read_data(in, buffer.data(), buffer.size());
    if (got < 0) return failed(zip, in, "read");
    if (got == 0) return out.close();
    left -= got;
    if (left < 0)
      return make_error(ErrorCode::too_large, zip.string() + " is too large for a bundle.", "bad_bundle");
    out.write({buffer.data(), static_cast<std::size_t>(got)});
  }
}

}  // namespace

Result<void> pack_bundle(const fs::path& directory, const fs::path& zip, std::int64_t unix_seconds,
                         const Stopped& stopped) {
  std::set<fs::path> files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(directory, error)) files.insert(entry.path());
  // Made before anything is written: nobody else reads it meanwhile.
  if (auto made = write_file(zip, ""); !made) return made;
  fs::permissions(zip, fs::perms::owner_read | fs::perms::owner_write, error);
  const std::unique_ptr<archive, FreeWriter> out(archive_write_new());
  if (archive_write_set_format_zip(out.get()) != ARCHIVE_OK ||
      archive_write_open_filename(out.get(), zip.string().c_str()) != ARCHIVE_OK)
    return failed(zip, out.get(), "written");
  for (const auto& file : files)
    if (auto done = write_entry(out.get(), zip, file, unix_seconds, stopped); !done) return done;
  if (archive_write_close(out.get()) != ARCHIVE_OK) return failed(zip, out.get(), "written");
  return ok();
}

Result<void> unpack_bundle(const fs::path& zip, const fs::path& directory) {
  const std::unique_ptr<archive, FreeReader> in(archive_read_new());
  if (archive_read_support_format_zip(in.get()) != ARCHIVE_OK ||
      archive_read_open_filename(in.get(), zip.string().c_str(), 256 * 1024) != ARCHIVE_OK)
    return failed(zip, in.get(), "read");
  std::int64_t left = kMaxBytes;
  archive_entry* entry = nullptr;
  std::size_t files = 0;
  int status = ARCHIVE_OK;
  while ((status = archive_read_next_header(in.get(), &entry)) == ARCHIVE_OK) {
    const char* name = archive_entry_pathname(entry);
    const bool is_file = archive_entry_filetype(entry) == AE_IFREG || archive_entry_filetype(entry) == 0;
    if (!name || !is_plain_name(name) || !is_file || ++files > kMaxFiles)
      return make_error(ErrorCode::params, zip.string() + " holds something that no bundle does.",
                        "bad_bundle");
    if (auto done = read_entry(in.get(), zip, directory / name, left); !done) return done;
  }
  if (status != ARCHIVE_EOF) return failed(zip, in.get(), "read");
  return ok();
}

}  // namespace wardroom::evidence
