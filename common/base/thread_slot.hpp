#pragma once

#include <cstdint>

namespace wardroom {

// A place for one pointer a thread. `destroy` gets what stands there when its thread ends, and only then: a
// slot lives as long as the program. Any thread.
class ThreadSlot {
 public:
  using Destroy = void (*)(void*);

  explicit ThreadSlot(Destroy destroy);  // std::bad_alloc: the process has too many of them

  void* get() const noexcept;
  void set(void* object) const;  // std::bad_alloc

 private:
  std::uintptr_t slot_ = 0;
};

}  // namespace wardroom
