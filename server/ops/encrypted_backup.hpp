#pragma once

#include <filesystem>

#include "common/base/target_file.hpp"
#include "server/ops/data_dir.hpp"
#include "server/ops/encrypted_stream.hpp"
#include "server/ops/give_up.hpp"

// Backups as encrypted files.
namespace wardroom::ops {

// By its first bytes.
Result<bool> is_encrypted_backup(const std::filesystem::path& file);

// Encrypts `plain` into `to`, reads that again with the stream's key, and compares: what is kept afterwards
// is what was checked. The key is gone then, and only the recipient reads it.
Result<void> encrypt_backup(const std::filesystem::path& plain, const Digest& recipient, TargetFile& to,
                            GiveUp give_up = nullptr);

// Into a new file, its owner's alone. The error's sentence begins with the file's name.
Result<void> decrypt_backup(const std::filesystem::path& from, const Secret& recipient_secret,
                            const std::filesystem::path& to, GiveUp give_up = nullptr);
// The same of one that isn't encrypted.
Result<void> copy_backup(const std::filesystem::path& from, const std::filesystem::path& to,
                         GiveUp give_up = nullptr);

// SHA-256 of the file as it lies there, hexadecimal as sha256sum prints it.
Result<std::string> digest_of_file(const std::filesystem::path& file, GiveUp give_up = nullptr);

// The copy in the data directory from which an encrypted backup is made, so that nothing unencrypted ever
// lies where backups go. Empty at first, removed at the end; `conflict` (backup_running) while another
// process has one.
class PlainCopy {
 public:
  static Result<PlainCopy> open(const DataDir& dir);
  PlainCopy(PlainCopy&& other) noexcept
      : file_(std::exchange(other.file_, {})), fd_(std::exchange(other.fd_, -1)) {}
  PlainCopy& operator=(PlainCopy&&) = delete;
  ~PlainCopy();
  const std::filesystem::path& file() const { return file_; }

 private:
  PlainCopy(std::filesystem::path file, int fd) : file_(std::move(file)), fd_(fd) {}
  std::filesystem::path file_;
  int fd_;
};

}  // namespace wardroom::ops
