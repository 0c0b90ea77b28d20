#pragma once

#include "client/model/actions.hpp"
#include "client/model/props/files.hpp"
#include "client/model/turn.hpp"

// Pictures in the room and in the viewer: asked for when they come into sight, held by the window.
namespace wardroom::client {

// What couldn't be shown without a connection is asked for again.
void retry_pictures(Turn& turn);

void fold(Turn& turn, const WantPicture& action);
void fold(Turn& turn, const ViewPicture& action);
void fold(Turn& turn, const StepPicture& action);
void fold(Turn& turn, const CloseViewer& action);
void fold(Turn& turn, const PictureLoaded& event);

ViewerProps select_viewer(const State& state);

}  // namespace wardroom::client
