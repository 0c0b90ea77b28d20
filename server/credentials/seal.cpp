#include "server/credentials/seal.hpp"

#include <sodium.h>

#include "common/base/random.hpp"
#include "server/credentials/key_file.hpp"

namespace wardroom::credentials {
namespace {

static_assert(kKeyBytes == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
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

}  // namespace

Result<void> create_seal_key(const std::filesystem::path& file) {
  return create_key_file(file, make_key());
}

Result<Seal> Seal::load(const std::filesystem::path& file) {
  auto secret = load_key_file(file);
  if (!secret) return secret.error();
  return Seal{std::move(*secret)};
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
