#pragma once

#include <filesystem>

#include <sys/types.h>

#include "common/base/result.hpp"

// What root does to entries of a directory in which another account may write, which could put a link to
// anything there at any moment. So everything here is done to what was opened, and never through a link: that
// is an error which names it (`forbidden`, link_refused).
namespace wardroom::ops {

struct Owner {
  uid_t user;
  gid_t group;
};

// Of the directory itself, or of what a link to it leads to.
Result<Owner> find_owner(const std::filesystem::path& directory);

// A folder that is no link, held open. A value that moves.
class OpenFolder {
 public:
  static Result<OpenFolder> open(const std::filesystem::path& folder);
  OpenFolder(OpenFolder&& other) noexcept : fd_(other.fd_) { other.fd_ = -1; }
  OpenFolder& operator=(OpenFolder&&) = delete;
  ~OpenFolder();
  int get() const { return fd_; }

 private:
  explicit OpenFolder(int fd) : fd_(fd) {}
  int fd_;
};

// Makes the folder unless it is there; either way it is its owner's alone (0700).
Result<OpenFolder> make_private_folder(const std::filesystem::path& folder);

// The file is its owner's alone (0600).
Result<void> make_private_file(const std::filesystem::path& file);

// Everything below the directory belongs to `owner` afterwards, but for links and for files with a second
// name
// (`forbidden`, link_refused names the first of them): that one may lie elsewhere.
Result<void> give_entries(const std::filesystem::path& directory, const Owner& owner);

}  // namespace wardroom::ops
