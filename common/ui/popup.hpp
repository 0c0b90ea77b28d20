#pragma once

#include <string>
#include <string_view>

#include "common/ui/widget.hpp"

namespace wardroom::ui {

// A light surface over the window that closes when something else is pressed. Names are ids.
void open_popup(const std::string& name);
// Below the anchor, or above it where there is no room. True: draw the contents, then end_popup().
bool begin_popup(FrameContext& f, const std::string& name, const Rect& anchor, float width);
void end_popup();

struct MenuRowOptions {
  bool checked = false;
  bool danger = false;
  std::string_view shortcut{};
};
// One line of a menu. True when chosen; the caller closes the popup.
bool menu_row(FrameContext& f, const Id& id, std::string_view label, const MenuRowOptions& options = {});
void menu_separator(FrameContext& f);

}  // namespace wardroom::ui
