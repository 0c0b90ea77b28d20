#pragma once

#include <string>

#include "client/pictures/pixels.hpp"

// Pictures as their own libraries write them.
namespace wardroom::client::pictures::test {

// `width` by `height`; its left half red, its right half blue, both opaque.
Pixels red_and_blue(int width, int height);
std::string as_png(const Pixels& picture);
// With an EXIF segment when `orientation` isn't 0.
std::string as_jpeg(const Pixels& picture, int orientation = 0);
std::string as_webp(const Pixels& picture);
// One pixel: black, or transparent.
std::string one_pixel_gif(bool transparent);
// One pixel: black for a tenth of a second, white for half of one.
std::string moving_gif();

// The PNG says that it is this large.
std::string claim_png_size(std::string png, unsigned width, unsigned height);
std::string claim_jpeg_size(std::string jpeg, unsigned width, unsigned height);

}  // namespace wardroom::client::pictures::test
