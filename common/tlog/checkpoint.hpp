#pragma once

#include <cstdint>

#include "common/tlog/signed_note.hpp"

namespace wardroom::tlog {

// The head of a log (c2sp.org/tlog-checkpoint): what it was like when it had `size` records. As the text of a
// signed note: origin, size, base64 of the root, a line each; lines after these are passed over.
struct Checkpoint {
  std::string origin;  // also the name of the log's key
  std::int64_t size = 0;
  Digest root{};
  friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

std::string compose_checkpoint(const Checkpoint& checkpoint);
Result<Checkpoint> parse_checkpoint(std::string_view text);

// The head in a signed note, when the key signed it and it is the key's own log.
Result<Checkpoint> open_checkpoint(std::string_view note, const VerifierKey& key);

// A key's statement that another one speaks for the log from `size` records on: the text of a note that both
// keys signed.
//
//   <origin>
//   wardroom audit key rotation v1
//   <size>
//   <the new key, as VerifierKey writes it>
std::string sign_rotation(const SigningKey& from, const SigningKey& to, std::int64_t size);
// The new key, when both signed.
Result<VerifierKey> open_rotation(std::string_view note, const VerifierKey& from);

}  // namespace wardroom::tlog
