#pragma once

#include <filesystem>
#include <string>

#include "common/base/bytes.hpp"
#include "common/base/result.hpp"
#include "common/base/secret.hpp"

// Whom backups are encrypted for: an X25519 key pair (libsodium's crypto_box). The server has the public half
// alone, as text in backup.recipient; the secret half is a file that people keep elsewhere, and restore with.
namespace wardroom::ops {

struct BackupKeys {
  Digest recipient{};  // public
  Secret secret;       // 32 bytes
};
BackupKeys make_backup_keys();
// The public half of it.
Digest recipient_of(const Secret& secret);

// "wardroom-recipient-" with 72 hexadecimal digits: the key, and a checksum, because a slip of the pen would
// encrypt every backup for nobody.
std::string format_recipient(const Digest& recipient);
// The error's message is a sentence without the option's name.
Result<Digest> parse_recipient(std::string_view text);

// A line of text, for its owner alone (0600). Refuses to replace a file, and to write into a data directory:
// a thief of the office would have the key to its backups.
Result<void> create_backup_key_file(const std::filesystem::path& file, const Secret& secret);
// Refuses a file that others than its owner can read, and one whose checksum doesn't agree.
Result<Secret> load_backup_key_file(const std::filesystem::path& file);

}  // namespace wardroom::ops
