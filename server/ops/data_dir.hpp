#pragma once

#include <filesystem>
#include <string>
#include <utility>

#include "common/base/result.hpp"

namespace wardroom::ops {

// Where everything of one server lies. The whole directory is its owner's alone (0700). A value.
struct DataDir {
  std::filesystem::path root;

  std::filesystem::path config() const { return root / "wardroom.toml"; }
  std::filesystem::path database() const { return root / "wardroom.db"; }
  std::filesystem::path search_index() const { return root / "search.db"; }  // rebuilt where it is missing
  std::filesystem::path files() const { return root / "files"; }
  std::filesystem::path tls() const { return root / "tls"; }
  std::filesystem::path ca_certificate() const { return tls() / "ca.crt"; }
  std::filesystem::path server_certificate() const { return tls() / "server.crt"; }  // leaf, then the CA
  std::filesystem::path server_key() const { return tls() / "server.key"; }
  // While the authority is rotated: what the old one signed for the next, and the next one until it issues.
  std::filesystem::path new_with_old() const { return tls() / "new-with-old.crt"; }
  std::filesystem::path next_ca_certificate() const { return tls() / "next-ca.crt"; }
  std::filesystem::path keys() const { return root / "keys"; }
  std::filesystem::path ca_key() const { return keys() / "ca.key"; }
  std::filesystem::path next_ca_key() const { return keys() / "next-ca.key"; }
  std::filesystem::path seal_key() const { return keys() / "seal.key"; }
  std::filesystem::path newest_head() const { return keys() / "newest-head"; }
  std::filesystem::path reserve() const { return root / "reserve"; }
  std::filesystem::path upgrade() const { return root / "upgrade"; }  // what an upgrade left as the way back
  std::filesystem::path rehearsal() const { return root / "rehearsal"; }  // a backup restored on trial
  std::filesystem::path run() const { return root / "run"; }
  std::filesystem::path lock() const { return run() / "lock"; }
  std::filesystem::path socket() const { return run() / "local.sock"; }
};

// Makes the directory and its folders. Refuses one that holds anything: nothing is ever overwritten.
Result<DataDir> create_data_dir(const std::filesystem::path& root);

// Finds the directory that `wardroomd init` made. Refuses one that others can enter, and one whose run/ is a
// link (link_refused): the account that serves could lead root elsewhere.
Result<DataDir> open_data_dir(const std::filesystem::path& root);

// What a command of root's made within belongs to the directory's owner, as the rest does; as in
// give_entries. Does nothing for anybody but root.
Result<void> give_to_owner(const DataDir& dir);

// The same for a directory that root has just made: it goes to the account that will serve it. That is the
// owner of the directory when it was there before and not root's, else `wardroom`, the package's account,
// where there is one.
Result<void> give_to_service(const DataDir& dir);

// What starts the server of this directory: the packaged service's has its own way.
std::string start_line(const DataDir& dir);

// While it lives, no other process serves the directory. The kernel lets go of it when the process ends,
// however it ends. `conflict` (directory_in_use) names the process that has it. The file is the directory
// owner's, also when root locks first.
class DirLock {
 public:
  static Result<DirLock> acquire(const DataDir& dir);
  DirLock(DirLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  DirLock& operator=(DirLock&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~DirLock();

 private:
  explicit DirLock(int fd) : fd_(fd) {}
  int fd_;
};

}  // namespace wardroom::ops
