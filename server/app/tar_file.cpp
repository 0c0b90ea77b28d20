#include "server/app/tar_file.hpp"

#include <archive.h>
#include <archive_entry.h>

#include "common/base/target_file.hpp"

namespace wardroom::app {
namespace {

struct FreeTar {
  void operator()(archive* a) const { archive_write_free(a); }
};
struct FreeTarEntry {
  void operator()(archive_entry* e) const { archive_entry_free(e); }
};

bool add_entry(archive* tar, const TarEntry& file, TimePoint at) {
  const std::unique_ptr<archive_entry, FreeTarEntry> entry(archive_entry_new());
  archive_entry_set_pathname(entry.get(), file.name.c_str());
  archive_entry_set_size(entry.get(), static_cast<la_int64_t>(file.text.size()));
  archive_entry_set_filetype(entry.get(), AE_IFREG);
  archive_entry_set_perm(entry.get(), 0600);
  archive_entry_set_mtime(entry.get(), to_unix_ms(at) / 1000, 0);
  return archive_write_header(tar, entry.get()) == ARCHIVE_OK &&
         archive_write_data(tar, file.text.data(), file.text.size()) ==
             static_cast<la_ssize_t>(file.text.size());
}

bool fill(archive* tar, const std::filesystem::path& file, const std::vector<TarEntry>& entries,
          TimePoint at) {
  if (archive_write_set_format_pax_restricted(tar) != ARCHIVE_OK ||
      archive_write_add_filter_gzip(tar) != ARCHIVE_OK ||
      archive_write_open_filename(tar, file.c_str()) != ARCHIVE_OK)
    return false;
  for (const TarEntry& entry : entries)
    if (!add_entry(tar, entry, at)) return false;
  return archive_write_close(tar) == ARCHIVE_OK;
}

}  // namespace

Result<void> write_tar(const std::filesystem::path& target, const std::vector<TarEntry>& entries,
                       TimePoint at) {
  auto file = TargetFile::open(target);
  if (!file) return file.error();
  const std::unique_ptr<archive, FreeTar> tar(archive_write_new());
  if (!tar || !fill(tar.get(), file->part(), entries, at)) {
    const char* why = tar ? archive_error_string(tar.get()) : nullptr;
    return unavailable(target.string() + " can't be written: " + (why ? why : "no memory") + ".");
  }
  return file->keep();
}

}  // namespace wardroom::app
