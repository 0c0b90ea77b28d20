#include <webp/decode.h>

#include "client/pictures/formats.hpp"

namespace wardroom::client::pictures {

Result<Pixels> decode_webp(std::string_view bytes) {
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  WebPBitstreamFeatures features{};
  if (WebPGetFeatures(data, bytes.size(), &features) != VP8_STATUS_OK) return broken_picture();
  if (auto checked = check_picture_size(features.width, features.height); !checked) return checked.error();
  // A moving one needs another library; it is offered to be saved.
  if (features.has_animation != 0) return broken_picture();
  const std::size_t row = static_cast<std::size_t>(features.width) * 4;
  Pixels picture{features.width, features.height,
                 std::vector<std::uint8_t>(row * static_cast<std::size_t>(features.height))};
  if (!WebPDecodeRGBAInto(data, bytes.size(), picture.rgba.data(), picture.rgba.size(),
                          static_cast<int>(row)))
    return broken_picture();
  return picture;
}

}  // namespace wardroom::client::pictures
