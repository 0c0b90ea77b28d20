// Whoever draws.
#include <imgui.h>

#include "cmake/precompiled/std.hpp"
#include "common/ui/draw.hpp"
