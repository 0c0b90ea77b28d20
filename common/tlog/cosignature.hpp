#pragma once

#include "common/base/clock.hpp"
#include "common/tlog/checkpoint.hpp"

// Cosignatures (c2sp.org/tlog-cosignature, Ed25519): a witness's word, as a signature line of a head's note,
// that this was the newest head of the log that it had seen at a time, and that the log only grew up to it.
namespace wardroom::tlog {

// The private key of a witness. A value; any thread. A key is one witness's: what is signed doesn't hold the
// name.
class Cosigner {
 public:
  // `seed`: 32 bytes. `name`: not empty, without blanks and '+'.
  Cosigner(std::string name, const Secret& seed);
  // That of a PC of the office whose log this is: its name is the log's, and what its own key makes unique.
  static Cosigner of_device(const std::string& origin, const Secret& seed);

  const CosignerKey& key() const { return key_; }
  // One signature line, with its line feed. `text`: the head's, which ends with a line feed.
  std::string cosign_line(std::string_view text, TimePoint now) const;

 private:
  Cosigner(std::string name, KeyPair pair);

  KeyPair pair_;
  CosignerKey key_;
};

// What is behind the key's ID in such a line.
struct Cosignature {
  std::int64_t seconds = 0;  // since 1970, by the witness's clock
  std::array<std::byte, 64> signature{};

  TimePoint at() const { return from_unix_ms(seconds * 1000); }
};
bool has_cosigned(const CosignerKey& key, std::string_view text, const Cosignature& cosignature);

// The witness's cosignature on the head in the note; the last one, when there are several. An error when one
// of its lines doesn't hold, "bad_signature", or there is none, "not_signed". Other signatures, also the
// log's own, are passed over.
Result<Cosignature> open_cosignature(std::string_view note, const CosignerKey& key);

}  // namespace wardroom::tlog
