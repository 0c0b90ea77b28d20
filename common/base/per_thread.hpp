#pragma once

#include <memory>
#include <type_traits>

#include "common/base/thread_slot.hpp"

namespace wardroom {

// This thread's own object, which `make` makes when it is first asked for and which ends with the thread. For
// what is expensive to make anew, instead of a thread_local with a destructor: MinGW frees those before it
// destroys them (GCC 83562). Each lambda in the sources has objects of its own, and captures nothing.
template <class Make>
auto& per_thread(Make make) {
  static_assert(std::is_empty_v<Make>);
  using Object = std::invoke_result_t<Make>;
  static const ThreadSlot slot([](void* object) { delete static_cast<Object*>(object); });
  if (void* const kept = slot.get()) return *static_cast<Object*>(kept);
  std::unique_ptr<Object> made(new Object(make()));
  slot.set(made.get());
  return *made.release();
}

}  // namespace wardroom
