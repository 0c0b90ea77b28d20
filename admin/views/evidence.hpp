#pragma once

#include "admin/model/actions.hpp"
#include "admin/model/props/evidence.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::admin::views {

struct EvidenceViewState {
  std::uint64_t serial = 0;
  EvidenceForm form;
};

// What goes into an evidence bundle and where it is put, while it is made, and where it is.
void draw_evidence(const EvidenceProps& props, const BrowseProps& browse, EvidenceViewState& state,
                   ui::FrameContext& f, Actions& actions);

}  // namespace wardroom::admin::views
