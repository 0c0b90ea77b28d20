#include "server/ops/encrypted_stream.hpp"

#include <algorithm>
#include <sodium.h>

#include "server/ops/backup_key.hpp"

namespace wardroom::ops {
namespace {

constexpr unsigned char kStreamForm = 1;
constexpr std::size_t kRecipientAt = kStreamMagic.size() + 1;
constexpr std::size_t kKeyAt = kRecipientAt + crypto_box_PUBLICKEYBYTES;
constexpr std::size_t kKeyBytes = crypto_secretstream_xchacha20poly1305_KEYBYTES;
constexpr std::size_t kSealedKeyBytes = kKeyBytes + crypto_box_SEALBYTES;
constexpr std::size_t kStreamAt = kKeyAt + kSealedKeyBytes;
constexpr std::size_t kTagBytes = crypto_secretstream_xchacha20poly1305_ABYTES;
static_assert(kStreamHeadBytes == kStreamAt + crypto_secretstream_xchacha20poly1305_HEADERBYTES);

using StreamHead = std::array<std::byte, kStreamHeadBytes>;
using StreamState = crypto_secretstream_xchacha20poly1305_state;

// Wiped when it goes.
struct Wiped {
  StreamState state{};
  ~Wiped() { sodium_memzero(&state, sizeof state); }
};

unsigned char* raw(std::byte* bytes) {
  return reinterpret_cast<unsigned char*>(bytes);
}
const unsigned char* raw(const std::byte* bytes) {
  return reinterpret_cast<const unsigned char*>(bytes);
}
const unsigned char* raw(const Secret& secret) {
  return raw(as_bytes(secret.reveal()).data());
}

Error damaged_stream(std::string message) {
  return make_error(ErrorCode::params, std::move(message), "backup_damaged");
}

Result<StreamHead> make_head(const Digest& recipient, const Secret& key) {
  StreamHead head{};
  std::ranges::copy(as_bytes(kStreamMagic), head.begin());
  head[kStreamMagic.size()] = std::byte{kStreamForm};
  std::ranges::copy(recipient, head.begin() + kRecipientAt);
  if (crypto_box_seal(raw(&head[kKeyAt]), raw(key), kKeyBytes, raw(recipient.data())) != 0)
    return make_error(ErrorCode::params,
                      "Nothing can be encrypted for this recipient. Make another key: wardroomd backup-key.");
  return head;
}

Result<StreamHead> read_head(const ReadBytes& in) {
  StreamHead head{};
  const auto size = in(head);
  if (!size) return size.error();
  const bool is_ours = *size >= kStreamMagic.size() && as_text(head).starts_with(kStreamMagic);
  if (!is_ours) return make_error(ErrorCode::params, "It isn't an encrypted backup.", "not_a_backup");
  if (*size != head.size())
    return damaged_stream("It was cut off within its first " + std::to_string(head.size()) +
                          " bytes. Copy it again, or take another backup.");
  const auto form = std::to_integer<unsigned>(head[kStreamMagic.size()]);
  if (form != kStreamForm)
    return make_error(ErrorCode::params,
                      "It was encrypted in form " + std::to_string(form) +
                          ", which this program doesn't know. Use the version of Wardroom that wrote it.",
                      "backup_too_new");
  return head;
}

Result<Secret> open_key(const StreamHead& head, const Secret& recipient_secret) {
  Digest recipient{};
  std::copy_n(head.begin() + kRecipientAt, recipient.size(), recipient.begin());
  const Digest own = recipient_of(recipient_secret);
  if (own != recipient)
    return make_error(ErrorCode::params,
                      "It was encrypted for " + format_recipient(recipient) + ", and this key is that of " +
                          format_recipient(own) + ". Name the other key.",
                      "backup_key_foreign");
  std::string key(kKeyBytes, '\0');
  if (crypto_box_seal_open(reinterpret_cast<unsigned char*>(key.data()), raw(&head[kKeyAt]), kSealedKeyBytes,
                           raw(own.data()), raw(recipient_secret)) != 0)
    return damaged_stream("Its head was changed or is damaged. Copy it again, or take another backup.");
  return Secret(std::move(key));
}

Result<void> encrypt_blocks(StreamState& state, const StreamHead& head, const ReadBytes& in,
                            const WriteBytes& out) {
  Bytes plain(kStreamBlockBytes), block(kStreamBlockBytes + kTagBytes);
  for (bool is_last = false; !is_last;) {
    const auto size = in(plain);
    if (!size) return size.error();
    // A whole block is never the last one: so what follows the last one makes it another.
    is_last = *size < plain.size();
    const auto tag = static_cast<unsigned char>(is_last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL
                                                        : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE);
    crypto_secretstream_xchacha20poly1305_push(&state, raw(block.data()), nullptr, raw(plain.data()), *size,
                                               raw(head.data()), head.size(), tag);
    if (auto written = out(std::span(block).first(*size + kTagBytes)); !written) return written;
  }
  return ok();
}

Result<void> decrypt_blocks(const Secret& key, const StreamHead& head, const ReadBytes& in,
                            const WriteBytes& out) {
  Wiped stream;
  if (crypto_secretstream_xchacha20poly1305_init_pull(&stream.state, raw(&head[kStreamAt]), raw(key)) != 0)
    return damaged_stream("Its head was changed or is damaged. Copy it again, or take another backup.");
  Bytes block(kStreamBlockBytes + kTagBytes), plain(kStreamBlockBytes);
  for (std::uint64_t number = 1;; ++number) {
    const auto size = in(block);
    if (!size) return size.error();
    const bool is_last = *size < block.size();
    if (*size < kTagBytes)
      return damaged_stream("It ends too early, after block " + std::to_string(number - 1) +
                            ": it was cut off. Copy it again, or take another backup.");
    unsigned char tag = 0;
    const bool holds = crypto_secretstream_xchacha20poly1305_pull(&stream.state, raw(plain.data()), nullptr,
                                                                  &tag, raw(block.data()), *size,
                                                                  raw(head.data()), head.size()) == 0;
    if (!holds || is_last != (tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL))
      return damaged_stream(
          "Block " + std::to_string(number) + (is_last ? ", its last one," : "") +
          " isn't what was encrypted: it was changed, moved or cut off, or something was added. "
          "Copy it again, or take another backup.");
    if (auto written = out(std::span(plain).first(*size - kTagBytes)); !written) return written;
    if (is_last) return ok();
  }
}

}  // namespace

Result<Secret> encrypt_stream(const Digest& recipient, const ReadBytes& in, const WriteBytes& out) {
  std::string fresh(kKeyBytes, '\0');
  crypto_secretstream_xchacha20poly1305_keygen(reinterpret_cast<unsigned char*>(fresh.data()));
  const Secret key(std::move(fresh));
  auto head = make_head(recipient, key);
  if (!head) return head.error();
  Wiped stream;
  crypto_secretstream_xchacha20poly1305_init_push(&stream.state, raw(&(*head)[kStreamAt]), raw(key));
  if (auto written = out(*head); !written) return written.error();
  if (auto done = encrypt_blocks(stream.state, *head, in, out); !done) return done.error();
  return key;
}

Result<void> decrypt_stream(const Secret& recipient_secret, const ReadBytes& in, const WriteBytes& out) {
  const auto head = read_head(in);
  if (!head) return head.error();
  const auto key = open_key(*head, recipient_secret);
  if (!key) return key.error();
  return decrypt_blocks(*key, *head, in, out);
}

Result<void> decrypt_stream_again(const Secret& stream_key, const ReadBytes& in, const WriteBytes& out) {
  const auto head = read_head(in);
  if (!head) return head.error();
  return decrypt_blocks(stream_key, *head, in, out);
}

}  // namespace wardroom::ops
