#include "common/base/give_way.hpp"

#include <windows.h>

namespace wardroom {

// Windows knows steps, of which two are below the usual one.
void give_way(int niceness) {
  constexpr int kHalfWay = 10;
  SetThreadPriority(GetCurrentThread(),
                    niceness < kHalfWay ? THREAD_PRIORITY_BELOW_NORMAL : THREAD_PRIORITY_LOWEST);
}

}  // namespace wardroom
