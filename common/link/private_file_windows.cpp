#include "common/link/private_file.hpp"

#include "common/base/bytes.hpp"
#include "common/base/disk_file.hpp"
#include "common/base/random.hpp"

namespace wardroom::link {
namespace {

namespace fs = std::filesystem;

Error refused(const fs::path& path, const std::error_code& why) {
  return unavailable(path.string() + " can't be written: " + why.message() + ".");
}

std::error_code write_fresh(const fs::path& fresh, std::string_view contents) {
  DiskFile file;
  if (const auto failed = file.make(fresh)) return failed;
  if (const auto failed = file.write(contents)) return failed;
  return file.sync();
}

}  // namespace

// Each program that writes it at once has a new file of its own, so there is nothing to lock.
Result<void> write_private_file(const fs::path& file, const Secret& contents) {
  fs::path fresh = file;
  fresh += "." + to_hex(random_bytes<4>()) + ".new";
  auto failed = write_fresh(fresh, contents.reveal());
  if (!failed) failed = replace_file(fresh, file);
  if (!failed) return ok();
  std::error_code gone;
  fs::remove(fresh, gone);
  return refused(file, failed);
}

// A folder of the person's keeps others out by what it inherits from %LOCALAPPDATA%; one that they named
// elsewhere is as private as the place that they chose.
Result<void> make_private_directory(const fs::path& directory) {
  std::error_code failed;
  fs::create_directories(directory, failed);
  if (failed) return unavailable(directory.string() + " can't be made: " + failed.message() + ".");
  return ok();
}

}  // namespace wardroom::link
