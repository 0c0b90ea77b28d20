#include "server/credentials/seal.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

#include <sys/stat.h>

#include "common/base/random.hpp"

namespace wardroom::credentials {
namespace {

constexpr std::size_t kKeyBytes = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;
constexpr std::size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t kHeaderBytes = 1 + kNonceBytes;
constexpr std::byte kVersion{1};

const unsigned char* raw(const void* bytes) {
  return static_cast<const unsigned char*>(bytes);
}

// Version, user and purpose, so that none can be exchanged without the tag failing. Passwords, which were
// sealed before there were purposes, have none.
Bytes associated_data(UserId user, SealedFor purpose) {
  Bytes data{kVersion};
  for (int shift = 56; shift >= 0; shift -= 8)
    data.push_back(static_cast<std::byte>(static_cast<std::uint64_t>(user.value) >> shift));
  if (purpose != SealedFor::password) data.push_back(static_cast<std::byte>(purpose));
  return data;
}

Error file_error(const std::filesystem::path& file, std::string_view what) {
  return make_error(ErrorCode::unavailable, file.string() + ": " + std::string{what});
}

}  // namespace

Result<void> create_seal_key(const std::filesystem::path& file) {
  const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0) return file_error(file, std::strerror(errno));
  auto key = random_bytes<kKeyBytes>();
  const bool written =
      ::write(fd, key.data(), key.size()) == static_cast<ssize_t>(key.size()) && ::fsync(fd) == 0;
  const int why = errno;
  sodium_memzero(key.data(), key.size());
  ::close(fd);
  if (!written) {
    ::unlink(file.c_str());
    return file_error(file, std::strerror(why));
  }
  return ok();
}

Result<Seal> Seal::load(const std::filesystem::path& file) {
  const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return file_error(file, std::strerror(errno));
  struct stat info {};
  std::string key(kKeyBytes + 1, '\0');  // one more than wanted shows a file that is too long
  const bool seen = ::fstat(fd, &info) == 0;
  const ssize_t size = seen ? ::read(fd, key.data(), key.size()) : -1;
  const int why = errno;
  ::close(fd);
  if (size < 0) return file_error(file, std::strerror(why));
  key.resize(static_cast<std::size_t>(size));
  Secret secret{std::move(key)};
  if ((info.st_mode & 077) != 0)
    return file_error(file, "Others can read this key. Run: chmod 600 " + file.string());
  if (secret.size() != kKeyBytes)
    return file_error(file,
                      "The key must be 32 bytes. Bring the file back from a backup of the data directory.");
  return Seal{std::move(secret)};
}

Bytes Seal::seal(UserId user, std::string_view text, SealedFor purpose) const {
  Bytes sealed(kHeaderBytes + text.size() + kTagBytes);
  sealed[0] = kVersion;
  fill_random(std::span{sealed}.subspan(1, kNonceBytes));
  const auto data = associated_data(user, purpose);
  unsigned long long size = 0;
  crypto_aead_xchacha20poly1305_ietf_encrypt(
      reinterpret_cast<unsigned char*>(sealed.data() + kHeaderBytes), &size, raw(text.data()), text.size(),
      raw(data.data()), data.size(), nullptr, raw(sealed.data() + 1), raw(key_.reveal().data()));
  return sealed;
}

Result<std::string> Seal::open(UserId user, std::span<const std::byte> sealed, SealedFor purpose) const {
  const auto refused = [] {
    return make_error(
        ErrorCode::internal,
        "A stored secret doesn't open with keys/seal.key. Check that the database and the key file "
        "belong together.",
        "seal_broken");
  };
  if (sealed.size() < kHeaderBytes + kTagBytes || sealed[0] != kVersion) return refused();
  std::string text(sealed.size() - kHeaderBytes - kTagBytes, '\0');
  const auto data = associated_data(user, purpose);
  unsigned long long size = 0;
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(reinterpret_cast<unsigned char*>(text.data()), &size,
                                                 nullptr, raw(sealed.data() + kHeaderBytes),
                                                 sealed.size() - kHeaderBytes, raw(data.data()), data.size(),
                                                 raw(sealed.data() + 1), raw(key_.reveal().data())) != 0)
    return refused();
  return text;
}

}  // namespace wardroom::credentials
