#include "common/ui/fonts.hpp"

#include <algorithm>
#include <cmath>
#include <imgui.h>
#include <imgui_freetype.h>
#include <utility>

namespace wardroom::ui {
namespace {

using typeset::Style;

// Design lengths.
constexpr std::array<typeset::Pen, kFontRoles> kPens{{{Style::regular, 14},
                                                      {Style::bold, 14},
                                                      {Style::italic, 14},
                                                      {Style::mono, 13},
                                                      {Style::regular, 12},
                                                      {Style::bold, 12},
                                                      {Style::bold, 9.6F},
                                                      {Style::bold, 16},
                                                      {Style::bold, 18}}};

}  // namespace

Fonts::Fonts(ImFontAtlas& atlas, std::unique_ptr<typeset::Faces> faces, float scale)
    : atlas_(atlas), faces_(std::move(faces)), glyphs_(atlas, *faces_), scale_(scale) {
  measure();
}

// Lines are whole pixels high, and letters fill them.
void Fonts::measure() {
  for (std::size_t i = 0; i < kFontRoles; ++i) {
    const typeset::Pen design{kPens[i].style, kPens[i].em * scale_};
    const typeset::FontMetrics metrics = faces_->metrics(faces_->own_font(design));
    const float exact = metrics.ascent + metrics.descent;
    const float height = std::max(1.0F, std::round(exact));
    sizes_[i] = {{design.style, exact > 0 ? design.em * height / exact : design.em}, height};
  }
}

Result<std::unique_ptr<Fonts>> Fonts::load(ImFontAtlas& atlas, std::unique_ptr<typeset::Faces> faces,
                                           float scale) {
  std::unique_ptr<Fonts> fonts{new Fonts(atlas, std::move(faces), scale)};
  if (auto built = fonts->rebuild(); !built) return built.error();
  return fonts;
}

Result<void> Fonts::set_scale(float scale) {
  scale_ = scale;
  measure();
  return rebuild();
}

Result<void> Fonts::rebuild() {
  atlas_.Clear();
  atlas_.FontBuilderIO = ImGuiFreeType::GetBuilderForFreeType();
  atlas_.Flags |= ImFontAtlasFlags_NoMouseCursors;
  // ImGui wants a font, by whose size it scrolls. Nothing is written with it.
  ImFontConfig config;
  config.SizePixels = line_height(FontRole::text);
  atlas_.AddFontDefault(&config);
  glyphs_.reserve();
  // The builder picks four bytes a pixel only when it is told that colours come.
  atlas_.TexPixelsUseColors = true;
  if (!atlas_.Build())
    return unavailable("The fonts can't be prepared. Install the package fonts-noto-core again.");
  return ok();
}

const typeset::TextLayout& Fonts::line(FontRole role, std::string_view text, float most_width) {
  const typeset::TextLayout& whole = layouts_.find(*faces_, text, pen(role), {.single_line = true}, false);
  // Where a width was rounded up it fits still.
  if (most_width <= 0 || whole.width <= most_width + 0.5F) return whole;
  return layouts_.find(*faces_, text, pen(role), {.width = most_width, .single_line = true}, true);
}

const typeset::TextLayout& Fonts::block(FontRole role, std::string_view text, float width, float step) {
  return layouts_.find(*faces_, text, pen(role), {.width = width, .line_height = step, .align = true}, false);
}

}  // namespace wardroom::ui
