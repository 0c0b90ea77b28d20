#pragma once

#include <string>
#include <string_view>

#include "common/ui/widget.hpp"

namespace wardroom::ui {

struct DialogOptions {
  float width = 440;   // design length
  float height = 0;    // design length; 0: as high as its contents
  float top = 0;       // design length from the window's top; 0: centred
  bool plain = false;  // no title bar: the switcher
};

// A modal dialog over the window. Draw it in every frame in which it is open; it is gone in the first frame
// in which it isn't drawn. True: draw the contents, then end_dialog(). `close` becomes true on Escape and on
// the cross; on a press beside it only if it is plain, because what was typed in a form would be lost.
bool begin_dialog(FrameContext& f, const Id& id, std::string_view title, const DialogOptions& options,
                  bool& close);
void end_dialog();

// The row of buttons at a dialog's end.
struct DialogButtons {
  std::string_view confirm;
  std::string_view cancel{};  // empty: Cancel
  bool danger = false;
  bool confirm_disabled = false;
};
enum class DialogChoice { none, confirmed, cancelled };
DialogChoice dialog_buttons(FrameContext& f, const Id& id, const DialogButtons& buttons);

}  // namespace wardroom::ui
