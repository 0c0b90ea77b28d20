#include "common/base/give_way.hpp"

#include <unistd.h>

#include <sys/resource.h>

namespace wardroom {

// On Linux each thread has a niceness of its own.
void give_way(int niceness) {
  (void)::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), niceness);
}

}  // namespace wardroom
