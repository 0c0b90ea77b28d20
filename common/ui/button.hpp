#pragma once

#include <span>
#include <string>
#include <string_view>

#include "common/ui/icon.hpp"
#include "common/ui/widget.hpp"

namespace wardroom::ui {

enum class ButtonTone { primary, quiet, danger };

struct ButtonOptions {
  ButtonTone tone = ButtonTone::quiet;
  bool disabled = false;
  float width = 0;  // pixels; 0: as wide as its label
};

// True when pressed.
bool button(FrameContext& f, const Id& id, std::string_view label, const ButtonOptions& options = {});
float button_width(FrameContext& f, std::string_view label);
float button_height(FrameContext& f);

struct IconButtonOptions {
  float size = 28;  // design length of the square
  bool disabled = false;
  bool selected = false;
  std::string_view caption{};  // shown beside the icon
};

// `label` is read by people only in the tooltip.
bool icon_button(FrameContext& f, const Id& id, Icon icon, std::string_view label,
                 const IconButtonOptions& options = {});
// The same at a place of its own, without moving the cursor.
bool icon_button_at(FrameContext& f, const Id& id, const Rect& rect, Icon icon, std::string_view label,
                    const IconButtonOptions& options = {});
float icon_button_width(FrameContext& f, const IconButtonOptions& options = {});

// The next button stands beside the one before, or below where the line is full.
void flow_on(FrameContext& f, std::string_view next_label);
// How many lines buttons take then, in `room` pixels.
std::size_t flow_lines(FrameContext& f, std::span<const std::string> labels, float room);

// Words that can be pressed.
bool link(FrameContext& f, const Id& id, std::string_view label, FontRole role = FontRole::text);

}  // namespace wardroom::ui
