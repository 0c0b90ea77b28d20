#pragma once

#include <string>

#include "client/model/actions.hpp"
#include "client/model/props/attention.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::client::views {

// What is typed and not yet saved.
struct AttentionViewState {
  std::string from;
  std::string to;
  std::string keywords;
};

AttentionViewState attention_fields(const AttentionProps& props);
// The settings' page of notifications, the tray and the start.
void draw_attention(const AttentionProps& props, AttentionViewState& state, ui::FrameContext& f,
                    Actions& actions);

}  // namespace wardroom::client::views
