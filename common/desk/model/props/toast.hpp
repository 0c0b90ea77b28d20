#pragma once

#include <cstdint>
#include <string>

namespace wardroom::desk {

// A sentence at the window's edge. Goes away by itself; the model removes it.
struct ToastProps {
  std::uint64_t id = 0;
  bool bad = false;
  std::string text;
};

// A person pressed it away.
struct DismissToast {
  std::uint64_t id = 0;
};

}  // namespace wardroom::desk
