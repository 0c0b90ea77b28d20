#pragma once

#include <string>

#include "client/model/actions.hpp"
#include "client/model/props/places.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::client::views {

struct SectionViewState {
  std::uint64_t serial = 0;
  std::string name;
};

// The name of a section of the side bar.
void draw_section_dialog(const SectionProps& props, SectionViewState& state, ui::FrameContext& f,
                         Actions& actions);

}  // namespace wardroom::client::views
