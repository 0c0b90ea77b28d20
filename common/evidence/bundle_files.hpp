#pragma once

#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "common/base/bytes.hpp"
#include "common/base/result.hpp"

// A bundle as files: a directory, or a .zip that was unpacked into one.
namespace wardroom::evidence {

// Asked at every line and every piece of a file, on the thread that works; true gives the work up
// (gave_up()). None: nobody wants to.
using Stopped = std::function<bool()>;
Error gave_up();

// A directory of one's own that goes away with its contents, unless it was released. A value that moves.
class PrivateDirectory {
 public:
  // Made new, for nobody else to read.
  static Result<PrivateDirectory> make(std::filesystem::path path);
  PrivateDirectory(PrivateDirectory&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  PrivateDirectory& operator=(PrivateDirectory&&) = delete;
  ~PrivateDirectory();

  const std::filesystem::path& path() const { return path_; }
  void release() { path_.clear(); }

 private:
  explicit PrivateDirectory(std::filesystem::path path) : path_(std::move(path)) {}
  std::filesystem::path path_;
};

// A bundle that is open for reading.
class OpenBundle {
 public:
  static Result<OpenBundle> open(const std::filesystem::path& bundle, Stopped stopped = {});

  std::filesystem::path file(const std::string& name) const { return directory_ / name; }
  // A small file; an error when it is missing or larger than 1 MiB.
  Result<std::string> read(const std::string& name) const;
  // Each line without its line feed; an error when the file is missing or a line is over 16 MiB. `take`
  // returns false to stop.
  Result<void> read_lines(const std::string& name, const std::function<bool(std::string_view)>& take) const;
  bool has(const std::string& name) const;
  std::set<std::string> names_beginning(std::string_view prefix) const;
  // SHA-256 and size of a file of any size.
  Result<std::pair<Digest, std::int64_t>> measure(const std::string& name) const;

 private:
  OpenBundle(std::filesystem::path directory, Stopped stopped)
      : directory_(std::move(directory)), stopped_(std::move(stopped)) {}
  std::filesystem::path directory_;
  Stopped stopped_;
  std::shared_ptr<PrivateDirectory> unpacked_;  // that of a .zip
};

// A file that is being written; the first failure sticks.
class NewFile {
 public:
  explicit NewFile(const std::filesystem::path& file);
  void write(std::string_view text) { out_.write(text.data(), static_cast<std::streamsize>(text.size())); }
  void write_line(std::string_view line) {
    write(line);
    out_.put('\n');
  }
  Result<void> close();

 private:
  std::filesystem::path file_;
  std::ofstream out_;
};
Result<void> write_file(const std::filesystem::path& file, std::string_view text);

bool is_zip(const std::filesystem::path& bundle);
// The directory's files in the order of their names; all bear the same time, so that the same files give the
// same archive. Readable by the owner only.
Result<void> pack_bundle(const std::filesystem::path& directory, const std::filesystem::path& zip,
                         std::int64_t unix_seconds, const Stopped& stopped = {});
// Into an existing directory. Refuses names with a path, links, and what is too large for evidence.
Result<void> unpack_bundle(const std::filesystem::path& zip, const std::filesystem::path& directory);

}  // namespace wardroom::evidence
