#include "common/base/thread_slot.hpp"

#include <new>
#include <windows.h>

namespace wardroom {

// Fibers' slots, since those of threads call nobody when a thread ends. Nothing here has fibers.
ThreadSlot::ThreadSlot(Destroy destroy) {
  const DWORD index = FlsAlloc(destroy);
  if (index == FLS_OUT_OF_INDEXES) throw std::bad_alloc();
  slot_ = index;
}

void* ThreadSlot::get() const noexcept {
  return FlsGetValue(static_cast<DWORD>(slot_));
}

void ThreadSlot::set(void* object) const {
  if (!FlsSetValue(static_cast<DWORD>(slot_), object)) throw std::bad_alloc();
}

}  // namespace wardroom
