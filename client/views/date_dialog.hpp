#pragma once

#include <chrono>
#include <string>

#include "client/model/actions.hpp"
#include "client/model/props/places.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::client::views {

struct DateViewState {
  std::uint64_t serial = 0;
  std::string typed;
  std::chrono::year_month month;  // that the calendar shows
};

// To which day of the room: typed, or chosen from a calendar.
void draw_date_dialog(const DateProps& props, DateViewState& state, ui::FrameContext& f, Actions& actions);

}  // namespace wardroom::client::views
