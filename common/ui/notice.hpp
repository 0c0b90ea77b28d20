#pragma once

#include <span>
#include <string_view>

#include "common/ui/widget.hpp"

namespace wardroom::ui {

enum class NoticeTone { quiet, good, warn, bad };

// A strip over the width of the cursor's line, for a state that lasts. True when its action was pressed.
bool banner(FrameContext& f, const Id& id, NoticeTone tone, std::string_view wire,
            std::string_view action = {});

// A card inside a form: an error above the fields, a success below.
void notice(FrameContext& f, NoticeTone tone, std::string_view wire);

// A small card below the window's upper edge, where both programs have nothing to press; `top` is its upper
// edge, and is moved to below it. True when pressed away.
bool toast(FrameContext& f, const Id& id, NoticeTone tone, std::string_view wire, float& top);
// Where the first one stands.
float first_toast_top(const FrameContext& f);

}  // namespace wardroom::ui
