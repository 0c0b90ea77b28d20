#pragma once

#include "admin/model/actions.hpp"
#include "admin/model/props/announce.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::admin::views {

struct AnnounceViewState {
  AnnounceForm form;
  std::uint64_t sent = 0;  // of the props that the form was last emptied for
};

// What everybody sees now and who acknowledged it; the next one.
void draw_announce(const AnnounceProps& props, AnnounceViewState& state, ui::FrameContext& f,
                   Actions& actions, const ui::Rect& area);

}  // namespace wardroom::admin::views
