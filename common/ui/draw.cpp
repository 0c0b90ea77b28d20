#include "common/ui/draw.hpp"

#include <algorithm>
#include <cmath>
#include <imgui.h>

#include "common/base/utf8.hpp"

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

constexpr std::string_view kEllipsis = "\xE2\x80\xA6";

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

void vertical_hairline(FrameContext& f, float x, float y0, float y1, Colour colour) {
  list().AddRectFilled({x, y0}, {x + std::max(1.0F, std::floor(f.scale)), y1}, colour);
}

float text_width(FrameContext& f, FontRole role, std::string_view screen) {
  const ImFont* font = f.font(role);
  return font->CalcTextSizeA(font->FontSize, FLT_MAX, 0, screen.data(), screen.data() + screen.size()).x;
}

float line_height(FrameContext& f, FontRole role) {
  return f.font(role)->FontSize;
}

float text_line(FrameContext& f, FontRole role, float x, float y, Colour colour, std::string_view screen,
                float max_width) {
  const ImFont* font = f.font(role);
  const char* begin = screen.data();
  const char* end = begin + screen.size();
  if (max_width <= 0 || text_width(f, role, screen) <= max_width) {
    list().AddText(font, font->FontSize, {x, y}, colour, begin, end);
    return text_width(f, role, screen);
  }
  const float room = std::max(0.0F, max_width - text_width(f, role, kEllipsis));
  const char* cut = nullptr;
  const float width = font->CalcTextSizeA(font->FontSize, room, 0, begin, end, &cut).x;
  list().AddText(font, font->FontSize, {x, y}, colour, begin, cut);
  list().AddText(font, font->FontSize, {x + width, y}, colour, kEllipsis.data(),
                 kEllipsis.data() + kEllipsis.size());
  return max_width;
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
  const ImFont* font = f.font(role);
  const char* at = screen.data();
  const char* end = at + screen.size();
  const float step = std::round(font->FontSize * 1.05F);
  float height = 0;
  while (at < end) {
    const char* line_end = at;
    const char* newline = std::find(at, end, '\n');
    line_end = std::max(font->CalcWordWrapPositionA(1, at, newline, width), std::min(at + 1, newline));
    if (colour != 0) list().AddText(font, font->FontSize, {x, y + height}, colour, at, line_end);
    height += step;
    at = line_end;
    if (at < end && *at == '\n') {
      ++at;
      continue;
    }
    while (at < end && *at == ' ') ++at;
  }
  return height;
}

std::string initials(std::string_view name) {
  std::string out;
  bool at_start = true;
  int letters = 0;
  for (std::size_t i = 0; i < name.size() && letters < 2;) {
    const std::size_t start = i;
    const char32_t c = next_code_point(name, i);
    const bool separates = c == ' ' || c == '-' || c == '.' || c == '_' || c == ',';
    if (at_start && !separates) {
      if (c >= 'a' && c <= 'z') {
        out += static_cast<char>(c - 'a' + 'A');
      } else {
        out += name.substr(start, i - start);
      }
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
  const std::string letters = f.screen(initials(name));
  const FontRole role = diameter > f.px(32) ? FontRole::bold : FontRole::small_bold;
  const ImFont* font = f.font(role);
  const float size = diameter < f.px(24) ? std::round(font->FontSize * 0.8F) : font->FontSize;
  const ImVec2 extent = font->CalcTextSizeA(size, FLT_MAX, 0, letters.c_str());
  list().AddText(font, size, {std::round(centre_x - extent.x / 2), std::round(centre_y - extent.y / 2)}, ink,
                 letters.c_str());
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
