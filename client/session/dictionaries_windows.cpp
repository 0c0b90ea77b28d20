#include "client/session/dictionaries.hpp"

namespace wardroom::client {

// Windows has a spell checker of its own, which isn't used yet.
std::unique_ptr<Dictionaries> open_dictionaries() {
  return nullptr;
}

std::string preferred_language() {
  return "en";
}

}  // namespace wardroom::client
