#include "common/base/secret.hpp"

#include <sodium.h>

namespace wardroom {

void Secret::wipe() noexcept {
  if (!text_.empty()) sodium_memzero(text_.data(), text_.size());
  text_.clear();
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace wardroom
