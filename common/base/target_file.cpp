#include "common/base/target_file.hpp"

#include <system_error>

#include "common/base/bytes.hpp"
#include "common/base/random.hpp"

namespace wardroom {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPart = ".part";

Error failed(const fs::path& file, const std::error_code& why) {
  return unavailable(file.string() + ": " + why.message() + ".");
}

Error refused(std::string message) {
  return make_error(ErrorCode::params, std::move(message), "target_refused");
}

fs::path folder_of(const fs::path& file) {
  return file.has_parent_path() ? file.parent_path() : fs::path(".");
}

// `folder` is without links.
bool is_in_data_directory(fs::path folder) {
  for (;; folder = folder.parent_path()) {
    std::error_code unknown;
    if (fs::exists(folder / "wardroom.toml", unknown) && fs::is_directory(folder / "keys", unknown))
      return true;
    if (folder == folder.parent_path()) return false;
  }
}

std::string_view describe(fs::file_type type) {
  switch (type) {
    case fs::file_type::directory:
      return "a directory";
    case fs::file_type::symlink:
      return "a symbolic link";
    case fs::file_type::fifo:
      return "a pipe";
    case fs::file_type::socket:
      return "a socket";
    default:
      return "a device";
  }
}

}  // namespace

Result<void> check_target(const fs::path& target) {
  if (target.empty()) return refused("The name of the file to write is empty. Name a file.");
  if (!target.has_filename() || target.filename() == "." || target.filename() == "..")
    return refused(target.string() + " is a directory. Name a file in it.");
  std::error_code why;
  const fs::path folder = fs::canonical(folder_of(target), why);
  if (why) return failed(folder_of(target), why);
  if (is_in_data_directory(folder))
    return refused(
        target.string() +
        " lies in a data directory of Wardroom, where it could replace what the server needs. Name "
        "a file elsewhere.");
  const auto type = fs::symlink_status(target, why).type();
  if (why) return why == std::errc::no_such_file_or_directory ? ok() : Result<void>(failed(target, why));
  if (type != fs::file_type::regular)
    return refused(target.string() + " is " + std::string(describe(type)) +
                   " and isn't written to. Name an ordinary file, or one that isn't there yet.");
  return ok();
}

Result<TargetFile> TargetFile::open(const fs::path& target) {
  if (auto checked = check_target(target); !checked) return checked.error();
  // A name that nobody has: another one in its place would be the person's own file, or what somebody else is
  // writing.
  fs::path part = target;
  part += "." + to_hex(random_bytes<4>()) + std::string(kPart);
  DiskFile file;
  if (const auto why = file.make(part)) return failed(part, why);
  return TargetFile(target, std::move(part), std::move(file));
}

std::uintmax_t unfinished_bytes(const fs::path& target) {
  const std::string begin = target.filename().string() + ".";
  std::uintmax_t bytes = 0;
  std::error_code gone;
  for (const auto& entry : fs::directory_iterator(folder_of(target), gone)) {
    const std::string name = entry.path().filename().string();
    if (name.size() != begin.size() + 8 + kPart.size() || !name.starts_with(begin) || !name.ends_with(kPart))
      continue;
    std::error_code kept;
    if (const auto size = entry.file_size(kept); !kept) bytes += size;
  }
  return bytes;
}

TargetFile::~TargetFile() {
  file_.close();
  std::error_code gone;
  if (!part_.empty()) fs::remove(part_, gone);
}

Result<void> TargetFile::write(std::string_view text) {
  const auto why = file_.write(text);
  return why ? Result<void>(failed(target_, why)) : ok();
}

Result<void> TargetFile::keep() {
  if (const auto why = file_.sync()) return failed(target_, why);
  // Asked once more: it took its time, and somebody may have put something else there.
  if (auto checked = check_target(target_); !checked) return checked;
  file_.close();
  if (const auto why = replace_file(part_, target_)) return failed(target_, why);
  part_.clear();
  const auto why = sync_folder(folder_of(target_));
  return why ? Result<void>(failed(target_, why)) : ok();
}

Result<void> write_target(const fs::path& target, std::string_view text) {
  auto file = TargetFile::open(target);
  if (!file) return file.error();
  if (auto written = file->write(text); !written) return written;
  return file->keep();
}

}  // namespace wardroom
