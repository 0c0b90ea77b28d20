#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "client/pictures/pixels.hpp"
#include "common/base/result.hpp"

namespace wardroom::client::pictures {

// More than any camera makes, and what fits into the memory of a decoder's process.
inline constexpr std::int64_t kMostPixels = 64'000'000;
inline constexpr int kMostSide = 30'000;

// What a picture that moves may take; of one that takes more the first frame is shown.
inline constexpr std::size_t kMostMovingBytes = std::size_t{32} << 20;
inline constexpr std::size_t kMostFrames = 400;

// A PNG, JPEG, WebP or GIF, the right way up, made to fit into the box. Of these only a GIF may move. What
// the bytes are decides, not a name or type. To be called where nothing is to be had: the libraries meet
// hostile bytes here (see helper.hpp).
Result<Pixels> decode_picture(std::string_view bytes, Box box);

}  // namespace wardroom::client::pictures
