#include "common/evidence/bundle_files.hpp"

#include <vector>

#include "common/base/bytes.hpp"
#include "common/base/random.hpp"
#include "common/base/sha256.hpp"

namespace wardroom::evidence {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxSmallFile = 1024 * 1024;
constexpr std::size_t kMaxLine = 16 * 1024 * 1024;

Error unreadable(const fs::path& file, const std::string& why) {
  return make_error(ErrorCode::unavailable, file.string() + " can't be read: " + why + ".", "bad_bundle");
}

}  // namespace

Result<PrivateDirectory> PrivateDirectory::make(fs::path path) {
  std::error_code failed;
  if (!fs::create_directory(path, failed) || failed)
    return make_error(ErrorCode::unavailable,
                      "The directory " + path.string() + " can't be made" +
                          (failed ? ": " + failed.message() : ": it is there already") + ".",
                      "cannot_write");
  fs::permissions(path, fs::perms::owner_all, failed);
  return PrivateDirectory(std::move(path));
}

Error gave_up() {
  return make_error(ErrorCode::unavailable, "The export was stopped.", "stopped");
}

PrivateDirectory::~PrivateDirectory() {
  std::error_code failed;
  if (!path_.empty()) fs::remove_all(path_, failed);
}

Result<OpenBundle> OpenBundle::open(const fs::path& bundle, Stopped stopped) {
  std::error_code failed;
  if (fs::is_directory(bundle, failed)) return OpenBundle(bundle, std::move(stopped));
  if (!fs::is_regular_file(bundle, failed)) return unreadable(bundle, "there is no such file");
  auto unpacked = PrivateDirectory::make(fs::temp_directory_path(failed) /
                                         ("wardroom-bundle-" + to_hex(random_bytes<8>())));
  if (!unpacked) return unpacked.error();
  OpenBundle open(unpacked->path(), std::move(stopped));
  open.unpacked_ = std::make_shared<PrivateDirectory>(std::move(*unpacked));
  if (auto done = unpack_bundle(bundle, open.directory_); !done) return done.error();
  return open;
}

bool OpenBundle::has(const std::string& name) const {
  std::error_code failed;
  return fs::is_regular_file(file(name), failed);
}

Result<std::string> OpenBundle::read(const std::string& name) const {
  if (!has(name)) return unreadable(file(name), "the bundle has no such file");
  std::ifstream in(file(name), std::ios::binary);
  std::string text(kMaxSmallFile + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.size() > kMaxSmallFile) return unreadable(file(name), "it is too large for what it should be");
  return text;
}

Result<void> OpenBundle::read_lines(const std::string& name,
                                    const std::function<bool(std::string_view)>& take) const {
  if (!has(name)) return unreadable(file(name), "the bundle has no such file");
  std::ifstream in(file(name), std::ios::binary);
  std::string line;
  while (std::getline(in, line)) {
    if (stopped_ && stopped_()) return gave_up();
    if (line.size() > kMaxLine) return unreadable(file(name), "a line is too long");
    if (!take(line)) return ok();
  }
  return in.bad() ? Result<void>(unreadable(file(name), "the disk reported an error")) : ok();
}

std::set<std::string> OpenBundle::names_beginning(std::string_view prefix) const {
  std::set<std::string> names;
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator(directory_, failed))
    if (auto name = entry.path().filename().string(); name.starts_with(prefix)) names.insert(std::move(name));
  return names;
}

Result<std::pair<Digest, std::int64_t>> OpenBundle::measure(const std::string& name) const {
  std::ifstream in(file(name), std::ios::binary);
  if (!in) return unreadable(file(name), "it can't be opened");
  Sha256 hash;
  std::int64_t size = 0;
  std::vector<char> block(256 * 1024);
  while (in.read(block.data(), static_cast<std::streamsize>(block.size())), in.gcount() > 0) {
    if (stopped_ && stopped_()) return gave_up();
    hash.update({block.data(), static_cast<std::size_t>(in.gcount())});
    size += in.gcount();
  }
  if (in.bad()) return unreadable(file(name), "the disk reported an error");
  return std::pair{hash.digest(), size};
}

NewFile::NewFile(const fs::path& file) : file_(file), out_(file, std::ios::binary | std::ios::trunc) {
  // What people wrote is in it.
  std::error_code failed;
  fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write, failed);
}

Result<void> NewFile::close() {
  out_.close();
  if (out_) return ok();
  return make_error(ErrorCode::unavailable, file_.string() + " can't be written. Is the disk full?",
                    "cannot_write");
}

Result<void> write_file(const fs::path& file, std::string_view text) {
  NewFile out(file);
  out.write(text);
  return out.close();
}

bool is_zip(const fs::path& bundle) {
  return bundle.extension() == ".zip";
}

}  // namespace wardroom::evidence
