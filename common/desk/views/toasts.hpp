#pragma once

#include <vector>

#include "common/desk/model/props/toast.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::desk::views {

// Over the lower edge of the window. Which one was pressed away.
std::optional<std::uint64_t> draw_toasts(const std::vector<ToastProps>& toasts, ui::FrameContext& f);

}  // namespace wardroom::desk::views
