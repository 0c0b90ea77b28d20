#pragma once

#include <string>

#include "admin/model/actions.hpp"
#include "admin/model/props/reason_dialog.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::admin::views {

struct ReasonDialogViewState {
  std::uint64_t serial = 0;  // of the dialog that the fields belong to
  std::string reason;
  std::size_t choice = 0;
};

// The one dialog in which a reason is given, if one is asked for.
void draw_reason_dialog(const ReasonDialogProps& props, ReasonDialogViewState& state, ui::FrameContext& f,
                        Actions& actions);

}  // namespace wardroom::admin::views
