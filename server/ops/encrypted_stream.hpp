#pragma once

#include <functional>

#include "common/base/bytes.hpp"
#include "common/base/result.hpp"
#include "common/base/secret.hpp"

// Bytes that only the holder of one secret key reads, and whose every change is noticed:
//
//   16 bytes  "wardroom-backup\n"
//    1        the form: 1
//   32        the recipient's public key
//   80        the stream's key, random for each stream, sealed for the recipient (crypto_box_seal)
//   24        the head of crypto_secretstream_xchacha20poly1305
//   blocks of 64 KiB and 17 bytes, and a shorter last one with the tag FINAL; each has the bytes above as its
//   additional data
//
// Memory doesn't grow with the stream.
namespace wardroom::ops {

// Fills `into`; fewer bytes only at the end.
using ReadBytes = std::function<Result<std::size_t>(std::span<std::byte> into)>;
using WriteBytes = std::function<Result<void>(std::span<const std::byte> bytes)>;

inline constexpr std::size_t kStreamBlockBytes = 64 * 1024;
inline constexpr std::size_t kStreamHeadBytes = 153;
inline constexpr std::string_view kStreamMagic = "wardroom-backup\n";

// Returns the stream's key: with it, and until it is dropped, the writer itself can read the stream again.
Result<Secret> encrypt_stream(const Digest& recipient, const ReadBytes& in, const WriteBytes& out);

// What is passed to `out` is as it was encrypted, each block and their order; only success says that nothing
// is missing. `params`, reason backup_damaged: a sentence that says where it was cut off, changed, or added
// to; backup_key_foreign: another's; not_a_backup; backup_too_new.
Result<void> decrypt_stream(const Secret& recipient_secret, const ReadBytes& in, const WriteBytes& out);
Result<void> decrypt_stream_again(const Secret& stream_key, const ReadBytes& in, const WriteBytes& out);

}  // namespace wardroom::ops
