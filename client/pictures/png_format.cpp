#include <png.h>

#include "client/pictures/formats.hpp"

namespace wardroom::client::pictures {

Result<Pixels> decode_png(std::string_view bytes) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_memory(&image, bytes.data(), bytes.size()) == 0) return broken_picture();
  if (auto checked = check_picture_size(image.width, image.height); !checked) {
    png_image_free(&image);
    return checked.error();
  }
  image.format = PNG_FORMAT_RGBA;
  Pixels picture{static_cast<int>(image.width), static_cast<int>(image.height),
                 std::vector<std::uint8_t>(static_cast<std::size_t>(image.width) * image.height * 4)};
  // Frees it, also on an error.
  if (png_image_finish_read(&image, nullptr, picture.rgba.data(), 0, nullptr) == 0) return broken_picture();
  return picture;
}

}  // namespace wardroom::client::pictures
