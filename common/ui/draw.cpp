#include "common/ui/draw.hpp"

#include <algorithm>
#include <cmath>
#include <imgui.h>

#include "common/text/boundaries.hpp"

namespace wardroom::ui {
namespace {

ImDrawList& list() {
  return *ImGui::GetWindowDrawList();
}

ImDrawFlags draw_flags(Corners corners) {
  switch (corners) {
    case Corners::all:
      return ImDrawFlags_RoundCornersAll;
    case Corners::top:
      return ImDrawFlags_RoundCornersTop;
    case Corners::none:
      return ImDrawFlags_RoundCornersNone;
  }
  return ImDrawFlags_None;
}

// The baseline is `y`. Glyphs stand on quarters of a pixel across, and on whole ones down; an emoji, whose
// picture is large and soft, on whole ones.
void draw_line(FrameContext& f, std::span<const typeset::PlacedGlyph> glyphs, float x, float y, float height,
               std::span<const Colour> inks) {
  ImDrawList& to = list();
  const auto count = static_cast<int>(glyphs.size());
  to.PrimReserve(count * 6, count * 4);
  int drawn = 0;
  for (const typeset::PlacedGlyph& one : glyphs) {
    // A pile of marks ends before it covers other people's lines.
    if (std::abs(one.y) > height) continue;
    const bool whole = f.fonts.faces().is_emoji(one.font);
    const auto quarters = static_cast<int>(whole ? std::lround(x + one.x) * 4 : std::lround((x + one.x) * 4));
    const int quarter = quarters & 3;
    const AtlasGlyph* glyph = f.fonts.glyphs().find(one.font, one.glyph, quarter);
    if (!glyph) continue;
    const float left = static_cast<float>((quarters - quarter) / 4) + glyph->left;
    const float top = y + std::round(one.y) + glyph->top;
    Colour ink = inks[std::min<std::size_t>(one.run, inks.size() - 1)];
    if (glyph->coloured) ink |= 0x00ffffffU;
    to.PrimRectUV({left, top}, {left + glyph->width, top + glyph->height}, {glyph->u0, glyph->v0},
                  {glyph->u1, glyph->v1}, ink);
    ++drawn;
  }
  to.PrimUnreserve((count - drawn) * 6, (count - drawn) * 4);
}

}  // namespace

void fill(const Rect& rect, Colour colour, float radius, Corners corners) {
  list().AddRectFilled({rect.x0, rect.y0}, {rect.x1, rect.y1}, colour, radius, draw_flags(corners));
}

void outline(const Rect& rect, Colour colour, float radius, float thickness) {
  const float inset = thickness > 1 ? (thickness - 1) / 2 : 0;
  list().AddRect({rect.x0 + inset, rect.y0 + inset}, {rect.x1 - inset, rect.y1 - inset}, colour, radius, 0,
                 thickness);
}

void hairline(FrameContext& f, float x0, float x1, float y, Colour colour) {
  list().AddRectFilled({x0, y}, {x1, y + std::max(1.0F, std::floor(f.scale))}, colour);
}

void wave(FrameContext& f, float x0, float x1, float y, Colour colour) {
  const float step = std::max(1.0F, 2 * f.scale), height = std::max(0.75F, f.scale);
  std::vector<ImVec2> points;
  for (int i = 0; x0 + static_cast<float>(i) * step <= x1; ++i)
    points.emplace_back(x0 + static_cast<float>(i) * step, i % 2 == 0 ? y + height : y - height);
  list().AddPolyline(points.data(), static_cast<int>(points.size()), colour, ImDrawFlags_None,
                     std::max(1.0F, f.scale));
}

void vertical_hairline(FrameContext& f, float x, float y0, float y1, Colour colour) {
  list().AddRectFilled({x, y0}, {x + std::max(1.0F, std::floor(f.scale)), y1}, colour);
}

void draw_layout(FrameContext& f, const typeset::TextLayout& layout, float x, float y,
                 std::span<const Colour> inks) {
  ImDrawList& to = list();
  const float clip_top = to.GetClipRectMin().y, clip_bottom = to.GetClipRectMax().y;
  for (const typeset::LaidLine& line : layout.lines) {
    if (y + line.top + line.height < clip_top || y + line.top > clip_bottom) continue;
    draw_line(f, layout.glyphs_of(line), x, std::round(y + line.baseline), line.height, inks);
  }
}

float text_width(FrameContext& f, FontRole role, std::string_view screen) {
  return std::ceil(f.fonts.line(role, screen).width);
}

float line_height(FrameContext& f, FontRole role) {
  return f.fonts.line_height(role);
}

float text_line(FrameContext& f, FontRole role, float x, float y, Colour colour, std::string_view screen,
                float max_width) {
  const typeset::TextLayout& layout = f.fonts.line(role, screen, std::max(0.0F, max_width));
  draw_layout(f, layout, x, y, {&colour, 1});
  return std::ceil(layout.width);
}

float text_in(FrameContext& f, FontRole role, const Rect& rect, Colour colour, std::string_view screen,
              bool centred) {
  const float y = std::round((rect.y0 + rect.y1 - line_height(f, role)) / 2);
  const float width = centred ? std::min(text_width(f, role, screen), rect.width()) : 0;
  const float x = centred ? std::round((rect.x0 + rect.x1 - width) / 2) : rect.x0;
  return text_line(f, role, x, y, colour, screen, rect.width());
}

float text_block(FrameContext& f, FontRole role, float x, float y, float width, Colour colour,
                 std::string_view screen) {
  if (screen.empty()) return 0;
  const float step = std::round(line_height(f, role) * 1.05F);
  const typeset::TextLayout& layout = f.fonts.block(role, screen, std::max(1.0F, width), step);
  if (colour != 0) draw_layout(f, layout, x, y, {&colour, 1});
  return layout.height;
}

std::string initials(std::string_view name) {
  std::string out;
  bool at_start = true;
  int letters = 0;
  for (std::size_t i = 0; i < name.size() && letters < 2;) {
    const std::size_t start = i;
    i = text::next_character(name, i);
    const std::string_view sign = name.substr(start, i - start);
    const bool separates = sign.size() == 1 && std::string_view{" -._,"}.find(sign) != std::string_view::npos;
    if (at_start && !separates) {
      const char c = sign.front();
      out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
      out += sign.substr(1);
      ++letters;
    }
    at_start = separates;
  }
  return out;
}

void avatar(FrameContext& f, float centre_x, float centre_y, float diameter, std::string_view name,
            bool quiet) {
  Colour disc = avatar_colour(name);
  Colour ink = rgb(0xffffff);
  if (quiet) {
    const bool dark = f.theme.kind == ThemeKind::dark;
    disc = mix(f.theme.surface1, disc, dark ? 0.55F : 0.7F);
    if (dark) ink = mix(disc, ink, 0.75F);
  }
  list().AddCircleFilled({centre_x, centre_y}, diameter / 2, disc, 0);
  FontRole role = diameter > f.px(32) ? FontRole::bold : FontRole::small_bold;
  if (diameter < f.px(24)) role = FontRole::tiny_bold;
  const std::string letters = initials(name);
  const float width = text_width(f, role, letters), height = line_height(f, role);
  text_line(f, role, std::round(centre_x - width / 2), std::round(centre_y - height / 2), ink, letters);
}

void presence_dot(FrameContext& f, float centre_x, float centre_y, float diameter, Dot dot, Colour behind) {
  const ImVec2 centre{centre_x, centre_y};
  const float radius = diameter / 2;
  switch (dot) {
    case Dot::online:
      list().AddCircleFilled(centre, radius, f.theme.ok, 16);
      return;
    case Dot::away:
      list().AddCircleFilled(centre, radius, f.theme.warn, 16);
      list().AddCircleFilled({centre_x - radius * 0.45F, centre_y - radius * 0.45F}, radius * 0.72F, behind,
                             16);
      return;
    case Dot::busy:
      list().AddCircleFilled(centre, radius, f.theme.bad, 16);
      list().AddRectFilled({centre_x - radius * 0.55F, centre_y - radius * 0.2F},
                           {centre_x + radius * 0.55F, centre_y + radius * 0.2F}, behind);
      return;
    case Dot::offline:
      list().AddCircle(centre, radius - f.scale * 0.75F, f.theme.text2, 16, f.scale * 1.5F);
      return;
  }
}

float badge_width(FrameContext& f, std::string_view text) {
  return std::max(f.px(20), text_width(f, FontRole::small_bold, text) + f.px(14));
}

float badge(FrameContext& f, float right, float centre_y, std::string_view text, BadgeTone tone) {
  const float width = badge_width(f, text);
  const float height = f.px(18);
  const Rect pill{right - width, centre_y - height / 2, right, centre_y + height / 2};
  Colour back = f.theme.surface3;
  Colour ink = f.theme.text0;
  if (tone == BadgeTone::alarm) {
    back = f.theme.bad;
    ink = f.theme.on_bad;
  } else if (tone == BadgeTone::accent) {
    back = f.theme.accent;
    ink = f.theme.on_accent;
  }
  fill(pill, back, height / 2);
  text_in(f, FontRole::small_bold, pill, ink, text, true);
  return pill.x0;
}

void focus_ring(FrameContext& f, const Rect& rect, float radius) {
  outline(rect, f.theme.accent, radius, std::max(2.0F, f.px(2)));
}

}  // namespace wardroom::ui
