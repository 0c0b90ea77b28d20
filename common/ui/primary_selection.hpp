#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace wardroom::ui {

// The text that was selected last anywhere on the desktop, which the middle button pastes. Window thread
// only.
class PrimarySelection {
 public:
  virtual ~PrimarySelection() = default;
  virtual void give(std::string_view wire) = 0;
  virtual std::string take() = 0;  // as on the wire; empty: there is none
};

// Null where the desktop has none: only X11 does. Call it once the window is open.
std::unique_ptr<PrimarySelection> find_primary_selection();

}  // namespace wardroom::ui
