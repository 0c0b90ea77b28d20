#pragma once

#include <string_view>

namespace wardroom::client::pictures {

// How the camera was held, of the APP1 segment of a JPEG ("Exif\0\0" and a TIFF structure): 1 to 8; 1 where
// it doesn't say.
int orientation_of(std::string_view exif);

}  // namespace wardroom::client::pictures
