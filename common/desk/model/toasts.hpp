#pragma once

#include <optional>
#include <vector>

#include "common/base/clock.hpp"
#include "common/desk/model/props/toast.hpp"

namespace wardroom::desk {

// The sentences at the window's edge, a few at a time.
class Toasts {
 public:
  // The same sentence again only stays longer.
  void show(std::string text, bool bad, TimePoint now);
  void dismiss(std::uint64_t id);
  // True: some of them had their time.
  bool drop_old(TimePoint now);
  // When drop_old() next has something to do.
  std::optional<TimePoint> next_end() const;
  // The newest last.
  std::vector<ToastProps> props() const;

 private:
  struct Toast {
    ToastProps props;
    TimePoint until;
  };
  std::vector<Toast> toasts_;
  std::uint64_t last_ = 0;
};

}  // namespace wardroom::desk
