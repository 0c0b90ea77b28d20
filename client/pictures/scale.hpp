#pragma once

#include "client/pictures/pixels.hpp"

namespace wardroom::client::pictures {

// The same, or smaller: every pixel is the mean of those that it stands for, by how opaque they are.
Pixels fit_into(Pixels picture, Box box);

// As the camera was held, by the number that EXIF has for it (1 to 8); 1 and all others change nothing.
Pixels turn_upright(Pixels picture, int orientation);

}  // namespace wardroom::client::pictures
