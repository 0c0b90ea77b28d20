#include "common/base/thread_slot.hpp"

#include <new>
#include <pthread.h>

namespace wardroom {

ThreadSlot::ThreadSlot(Destroy destroy) {
  pthread_key_t key{};
  if (pthread_key_create(&key, destroy) != 0) throw std::bad_alloc();
  slot_ = key;
}

void* ThreadSlot::get() const noexcept {
  return pthread_getspecific(static_cast<pthread_key_t>(slot_));
}

void ThreadSlot::set(void* object) const {
  if (pthread_setspecific(static_cast<pthread_key_t>(slot_), object) != 0) throw std::bad_alloc();
}

}  // namespace wardroom
