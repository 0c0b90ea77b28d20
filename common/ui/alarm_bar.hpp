#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "common/ui/widget.hpp"

namespace wardroom::ui {

struct BarAction {
  Id id;
  std::string_view label;
};

enum class BarTone {
  alarm,
  news,  // nothing is wrong
};

// A strip over the width of the cursor's line for what must not be missed: the whole sentence, however long
// it is, and below it what can be done. Nothing else stops working. The action that was pressed.
std::optional<std::size_t> alarm_bar(FrameContext& f, const Id& id, std::string_view wire,
                                     std::span<const BarAction> actions, BarTone tone = BarTone::alarm);
float alarm_bar_height(FrameContext& f, std::string_view wire, float width);

}  // namespace wardroom::ui
