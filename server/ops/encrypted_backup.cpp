#include "server/ops/encrypted_backup.hpp"

#include <cerrno>
#include <fcntl.h>
#include <fstream>
#include <sodium.h>
#include <unistd.h>

#include <sys/file.h>

#include "server/ops/durable_file.hpp"

namespace wardroom::ops {
namespace {

namespace fs = std::filesystem;

ReadBytes reader_of(std::ifstream& in, const fs::path& file, GiveUp give_up) {
  return [&in, file, give_up](std::span<std::byte> into) -> Result<std::size_t> {
    if (auto goes_on = check_goes_on(give_up); !goes_on) return goes_on.error();
    in.read(reinterpret_cast<char*>(into.data()), static_cast<std::streamsize>(into.size()));
    if (in.bad() || !in.is_open()) return unavailable(file.string() + " can't be read.");
    return static_cast<std::size_t>(in.gcount());
  };
}

class FileHash {
 public:
  FileHash() { crypto_hash_sha256_init(&state_); }
  void add(std::span<const std::byte> bytes) {
    crypto_hash_sha256_update(&state_, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  }
  Digest finish() {
    Digest digest{};
    crypto_hash_sha256_final(&state_, reinterpret_cast<unsigned char*>(digest.data()));
    return digest;
  }

 private:
  crypto_hash_sha256_state state_{};
};

Error with_name(const fs::path& file, Error error) {
  if (error.code == ErrorCode::params) error.message = file.string() + ": " + error.message;
  return error;
}

Result<void> fill_new_file(const fs::path& to, const std::function<Result<void>(const WriteBytes&)>& fill) {
  const int made = ::open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (made < 0) return file_error(to, errno);
  ::close(made);
  std::ofstream out(to, std::ios::binary);
  const auto write = [&](std::span<const std::byte> bytes) -> Result<void> {
    errno = 0;
    if (out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size())))
      return ok();
    return file_error(to, errno);
  };
  if (auto done = fill(write); !done) return done;
  errno = 0;
  out.close();
  return out ? ok() : Result<void>(file_error(to, errno));
}

}  // namespace

Result<bool> is_encrypted_backup(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::array<std::byte, kStreamMagic.size()> start{};
  const auto size = reader_of(in, file, nullptr)(start);
  if (!size) return size.error();
  return *size == start.size() && as_text(start) == kStreamMagic;
}

Result<void> encrypt_backup(const fs::path& plain, const Digest& recipient, TargetFile& to, GiveUp give_up) {
  std::ifstream in(plain, std::ios::binary);
  FileHash written, read;
  const auto from_plain = [&, next = reader_of(in, plain, give_up)](std::span<std::byte> into) {
    auto size = next(into);
    if (size) written.add(into.first(*size));
    return size;
  };
  const auto key = encrypt_stream(recipient, from_plain,
                                  [&](std::span<const std::byte> bytes) { return to.write(as_text(bytes)); });
  if (!key) return key.error();
  std::ifstream again(to.part(), std::ios::binary);
  const auto reopened =
      decrypt_stream_again(*key, reader_of(again, to.part(), give_up), [&](std::span<const std::byte> bytes) {
        read.add(bytes);
        return ok();
      });
  if (!reopened) return with_name(to.part(), reopened.error());
  if (written.finish() != read.finish())
    return make_error(ErrorCode::internal, to.part().string() + " doesn't hold what was encrypted into it.",
                      "backup_damaged");
  return ok();
}

Result<void> decrypt_backup(const fs::path& from, const Secret& recipient_secret, const fs::path& to,
                            GiveUp give_up) {
  std::ifstream in(from, std::ios::binary);
  return fill_new_file(to, [&](const WriteBytes& write) -> Result<void> {
    const auto done = decrypt_stream(recipient_secret, reader_of(in, from, give_up), write);
    return done ? ok() : Result<void>(with_name(from, done.error()));
  });
}

Result<void> copy_backup(const fs::path& from, const fs::path& to, GiveUp give_up) {
  std::ifstream in(from, std::ios::binary);
  return fill_new_file(to, [&, next = reader_of(in, from, give_up)](const WriteBytes& write) -> Result<void> {
    Bytes part(kStreamBlockBytes);
    for (;;) {
      const auto size = next(part);
      if (!size) return size.error();
      if (auto written = write(std::span(part).first(*size)); !written) return written;
      if (*size < part.size()) return ok();
    }
  });
}

Result<std::string> digest_of_file(const fs::path& file, GiveUp give_up) {
  std::ifstream in(file, std::ios::binary);
  const auto next = reader_of(in, file, give_up);
  FileHash hash;
  Bytes part(kStreamBlockBytes);
  for (;;) {
    const auto size = next(part);
    if (!size) return size.error();
    hash.add(std::span(part).first(*size));
    if (*size < part.size()) return to_hex(hash.finish());
  }
}

Result<PlainCopy> PlainCopy::open(const DataDir& dir) {
  const fs::path file = dir.root / "backup-copy.db";
  const auto try_open = [&] { return ::open(file.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600); };
  int fd = try_open();
  // Another account's, which a crash left.
  if (fd < 0 && errno == EACCES && ::unlink(file.c_str()) == 0) fd = try_open();
  if (fd < 0) return file_error(file, errno);
  PlainCopy copy(file, fd);
  if (::flock(fd, LOCK_EX | LOCK_NB) == 0 && ::ftruncate(fd, 0) == 0) return copy;
  const int why = errno;
  if (why != EWOULDBLOCK) return file_error(file, why);
  copy.file_.clear();  // not ours to remove
  return conflict("backup_running",
                  "Another encrypted backup of " + dir.root.string() + " is being made. Wait for its end.");
}

PlainCopy::~PlainCopy() {
  if (!file_.empty())
    for (const char* end : {"", "-journal", "-wal", "-shm"}) ::unlink((file_.string() + end).c_str());
  if (fd_ >= 0) ::close(fd_);
}

}  // namespace wardroom::ops
