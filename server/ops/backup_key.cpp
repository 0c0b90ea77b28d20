#include "server/ops/backup_key.hpp"

#include <algorithm>
#include <cerrno>
#include <sodium.h>

#include <sys/stat.h>

#include "common/base/target_file.hpp"
#include "common/base/trimmed.hpp"
#include "server/ops/durable_file.hpp"

namespace wardroom::ops {
namespace {

constexpr std::string_view kRecipientPrefix = "wardroom-recipient-";
constexpr std::string_view kSecretPrefix = "wardroom-backup-key-";
constexpr std::size_t kChecksumBytes = 4;
static_assert(crypto_box_PUBLICKEYBYTES == sizeof(Digest) && crypto_box_SECRETKEYBYTES == sizeof(Digest));

Digest checksum_of(std::string_view prefix, std::span<const std::byte> key) {
  return sha256({as_bytes(prefix), key});
}

std::string format_key(std::string_view prefix, std::span<const std::byte> key) {
  const Digest sum = checksum_of(prefix, key);
  return std::string(prefix) + to_hex(key) + to_hex(std::span(sum).first(kChecksumBytes));
}

std::optional<Digest> parse_key(std::string_view prefix, std::string_view text) {
  if (!text.starts_with(prefix)) return std::nullopt;
  const auto bytes = parse_hex(text.substr(prefix.size()));
  if (!bytes || bytes->size() != sizeof(Digest) + kChecksumBytes) return std::nullopt;
  Digest key{};
  std::copy_n(bytes->begin(), key.size(), key.begin());
  const Digest sum = checksum_of(prefix, key);
  return std::equal(sum.begin(), sum.begin() + kChecksumBytes, bytes->begin() + sizeof(Digest))
             ? std::optional(key)
             : std::nullopt;
}

const unsigned char* raw_key(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

}  // namespace

BackupKeys make_backup_keys() {
  BackupKeys keys;
  std::string secret(sizeof(Digest), '\0');
  crypto_box_keypair(reinterpret_cast<unsigned char*>(keys.recipient.data()),
                     reinterpret_cast<unsigned char*>(secret.data()));
  keys.secret = Secret(std::move(secret));
  return keys;
}

Digest recipient_of(const Secret& secret) {
  Digest recipient{};
  crypto_scalarmult_base(reinterpret_cast<unsigned char*>(recipient.data()), raw_key(secret.reveal()));
  return recipient;
}

std::string format_recipient(const Digest& recipient) {
  return format_key(kRecipientPrefix, recipient);
}

Result<Digest> parse_recipient(std::string_view text) {
  if (const auto key = parse_key(kRecipientPrefix, text)) return *key;
  return make_error(ErrorCode::params,
                    "That isn't a whole line of wardroomd backup-key: wardroom-recipient-… with 72 digits.");
}

Result<void> create_backup_key_file(const std::filesystem::path& file, const Secret& secret) {
  struct stat info {};
  if (::lstat(file.c_str(), &info) == 0)
    return conflict("file_exists", file.string() +
                                       " is there already, and may be the only key to backups. "
                                       "Name a new file.");
  return write_target(file, format_key(kSecretPrefix, as_bytes(secret.reveal())) + "\n");
}

Result<Secret> load_backup_key_file(const std::filesystem::path& file) {
  struct stat info {};
  if (::stat(file.c_str(), &info) != 0) return file_error(file, errno);
  if ((info.st_mode & 077) != 0)
    return forbidden("file_open_to_others",
                     "Others can read " + file.string() + ". Run: chmod 600 " + file.string());
  const auto text = read_small_file(file, 4096);
  if (!text) return text.error();
  const auto key = parse_key(kSecretPrefix, trimmed(*text));
  if (!key)
    return params_error("key", file.string() +
                                   " isn't a key that wardroomd backup-key wrote: a line of "
                                   "wardroom-backup-key-… with 72 digits.");
  return Secret(std::string(as_text(*key)));
}

}  // namespace wardroom::ops
