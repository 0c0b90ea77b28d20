#include <algorithm>
#include <cstdlib>
#include <sodium.h>
#include <string>

#include "server/ops/backup_key.hpp"
#include "server/ops/encrypted_stream.hpp"

// Any bytes as an encrypted backup, and any change to a good one: never a crash, a sentence for each refusal,
// and nothing passed on that wasn't encrypted.

using namespace wardroom;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

struct Sample {
  Sample() {
    require(sodium_init() >= 0);
    keys = ops::make_backup_keys();
    plain.assign(ops::kStreamBlockBytes + 1000, 'p');
    std::string_view rest = plain;
    require(ops::encrypt_stream(keys.recipient, reader(rest), writer(stream)).has_value());
  }
  static ops::ReadBytes reader(std::string_view& rest) {
    return [&rest](std::span<std::byte> into) -> Result<std::size_t> {
      const auto part = as_bytes(rest.substr(0, into.size()));
      std::copy(part.begin(), part.end(), into.begin());
      rest.remove_prefix(part.size());
      return part.size();
    };
  }
  static ops::WriteBytes writer(std::string& text) {
    return [&text](std::span<const std::byte> bytes) {
      text += as_text(bytes);
      return ok();
    };
  }
  void check(std::string_view bytes) const {
    std::string text;
    std::string_view rest = bytes;
    const auto done = ops::decrypt_stream(keys.secret, reader(rest), writer(text));
    require(done.has_value() == (bytes == stream));
    require(plain.starts_with(text));
    if (!done) require(!done.error().message.empty() && !done.error().reason.empty());
  }

  ops::BackupKeys keys;
  std::string plain, stream;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  static const Sample sample;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  sample.check(bytes);
  if (size < 4) return 0;
  // The first three bytes say where, the rest replaces what stands there, or all from there on.
  const std::size_t at = (data[0] | data[1] << 8 | data[2] << 16) % (sample.stream.size() + 1);
  std::string changed = sample.stream;
  changed.replace(at, bytes.size() - 3, bytes.substr(3));
  sample.check(changed);
  sample.check(sample.stream.substr(0, at).append(bytes.substr(3)));
  ops::parse_recipient(bytes).has_value();
  return 0;
}
