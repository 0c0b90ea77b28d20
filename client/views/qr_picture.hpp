#pragma once

#include <string_view>

#include "common/ui/frame_context.hpp"

namespace wardroom::client::views {

// The text as a QR code, dark on light in both themes, with its quiet zone, as large as the square allows in
// whole pixels. A text that is too long draws nothing.
void draw_qr_picture(ui::FrameContext& f, std::string_view text, const ui::Rect& square);

}  // namespace wardroom::client::views
