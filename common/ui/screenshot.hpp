#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "common/base/result.hpp"

namespace wardroom::ui {

struct Picture {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> rgb;  // three bytes a pixel, upper row first
};

// Of the current OpenGL context's framebuffer.
Picture read_framebuffer(int width, int height);
// An ordinary file, or a new one: check_target in common/base/target_file.hpp says what is refused.
Result<void> save_png(const Picture& picture, const std::filesystem::path& file);

}  // namespace wardroom::ui
