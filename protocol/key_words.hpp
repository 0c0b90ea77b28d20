#pragma once

#include <array>
#include <cstddef>
#include <string>

#include "common/base/bytes.hpp"

namespace wardroom::protocol {

// The beginning of the pin of an office's authority: 64 of its 256 bits.
using KeyWords = std::array<std::byte, 8>;

KeyWords key_words(const Digest& ca_pin);

// The same as eight words that people can read to each other: "maple otter …". They tell offices apart; no
// program takes them for the fingerprint, which has nearly twice as many bits (decision 0057).
std::string spell(const KeyWords& words);

}  // namespace wardroom::protocol
