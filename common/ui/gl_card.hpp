#pragma once

#include "common/ui/textures.hpp"

namespace wardroom::ui {

// The graphics card behind the current OpenGL context, which outlives what it made.
class GlCard final : public Textures::Card {
 public:
  void* make(int width, int height, const std::uint8_t* rgba) override;
  void destroy(void* id) override;
};

}  // namespace wardroom::ui
