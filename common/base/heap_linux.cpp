#include "common/base/heap.hpp"

#include <malloc.h>

namespace wardroom {

void give_back_large_blocks() {
  // Its default, but as a fixed value: else it grows with each block that is freed.
  mallopt(M_MMAP_THRESHOLD, 128 * 1024);
}

}  // namespace wardroom
