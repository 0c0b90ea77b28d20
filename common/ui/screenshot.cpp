#include "common/ui/screenshot.hpp"

#include <algorithm>
#include <png.h>

#include <GLFW/glfw3.h>

#include "common/base/target_file.hpp"

namespace wardroom::ui {

Picture read_framebuffer(int width, int height) {
  Picture picture{width, height, std::vector<std::uint8_t>(static_cast<std::size_t>(width) * height * 3)};
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadPixels(0, 0, width, height, GL_RGB, GL_UNSIGNED_BYTE, picture.rgb.data());
  // OpenGL counts rows from below.
  const std::ptrdiff_t row = static_cast<std::ptrdiff_t>(width) * 3;
  for (int y = 0; y < height / 2; ++y) {
    const auto upper = picture.rgb.begin() + y * row;
    std::swap_ranges(upper, upper + row, picture.rgb.begin() + (height - 1 - y) * row);
  }
  return picture;
}

Result<void> save_png(const Picture& picture, const std::filesystem::path& file) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(picture.width);
  image.height = static_cast<png_uint_32>(picture.height);
  image.format = PNG_FORMAT_RGB;
  std::string png;
  png_alloc_size_t size = 0;
  const auto encode = [&](void* into) {
    return png_image_write_to_memory(&image, into, &size, 0, picture.rgb.data(), 0, nullptr) != 0;
  };
  bool made = encode(nullptr);  // says how large it is
  if (made) {
    png.resize(size);
    made = encode(png.data());
  }
  if (!made) return unavailable("The picture can't be made: " + std::string(image.message) + ".");
  png.resize(size);
  return write_target(file, png);
}

}  // namespace wardroom::ui
