#pragma once

#include <string_view>

#include "client/pictures/pixels.hpp"
#include "common/base/result.hpp"

// Internal to pictures: one decoder a format. Each refuses a picture that is too large before it makes room
// for it.
namespace wardroom::client::pictures {

Error broken_picture();
Result<void> check_picture_size(std::int64_t width, std::int64_t height);

Result<Pixels> decode_png(std::string_view bytes);
// Much larger than the box, it is decoded at a half, a quarter or an eighth.
Result<Pixels> decode_jpeg(std::string_view bytes, Box box);
// Made to fit into the box already, frame by frame.
Result<Pixels> decode_gif(std::string_view bytes, Box box);
Result<Pixels> decode_webp(std::string_view bytes);

}  // namespace wardroom::client::pictures
