#pragma once

#include <span>
#include <string>
#include <string_view>

#include "common/ui/widget.hpp"

namespace wardroom::ui {

// True when it was switched; `on` is then the new state.
bool checkbox(FrameContext& f, const Id& id, std::string_view label, bool& on, std::string_view help = {});

// A few choices side by side. True when another was chosen.
bool segmented(FrameContext& f, const Id& id, std::span<const std::string_view> labels, std::size_t& chosen);

// A button that drops a list. True when another was chosen. Width 0: what is left of the line.
bool dropdown(FrameContext& f, const Id& id, std::string_view label, std::span<const std::string> choices,
              std::size_t& chosen, float width = 0);

// A filter as the console's lists have it: quiet words, then what is chosen in bold; a list drops below.
bool filter_chip(FrameContext& f, const Id& id, std::string_view label, std::span<const std::string> choices,
                 std::size_t& chosen);

}  // namespace wardroom::ui
