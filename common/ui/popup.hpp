#pragma once

#include <string>
#include <string_view>

#include "common/ui/widget.hpp"

namespace wardroom::ui {

// A light surface over the window that closes when something else is pressed. Names are ids.
void open_popup(const std::string& name);
// Below the anchor, or above it near the lower edge, and within the window in any case. True: draw the
// contents, then end_popup().
bool begin_popup(FrameContext& f, const std::string& name, const Rect& anchor, float width);
void end_popup();
// Whether any stands over the window. One that Escape closes is closed before the frame with the key begins.
bool any_popup_open();

struct MenuRowOptions {
  bool checked = false;
  bool danger = false;
  std::string_view shortcut{};
};
// One line of a menu. True when chosen; the caller closes the popup.
bool menu_row(FrameContext& f, const Id& id, std::string_view label, const MenuRowOptions& options = {});
void menu_separator(FrameContext& f);

}  // namespace wardroom::ui
