#pragma once

#include <cstdint>
#include <string>

#include "client/model/actions.hpp"
#include "client/model/props/reason_dialog.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::client::views {

struct ReasonDialogViewState {
  std::uint64_t serial = 0;
  std::string reason;
  std::size_t length = 0;
};

// Says what will happen, and asks for the reason.
void draw_reason_dialog(const ReasonDialogProps& props, ReasonDialogViewState& state, ui::FrameContext& f,
                        Actions& actions);
// The texts that a message had.
void draw_versions(const VersionsProps& props, ui::FrameContext& f, Actions& actions);

}  // namespace wardroom::client::views
