#include "common/base/journal.hpp"

namespace wardroom {

bool is_journal() {
  return false;
}

}  // namespace wardroom
