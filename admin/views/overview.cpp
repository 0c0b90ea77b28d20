#include "admin/views/overview.hpp"

#include <algorithm>
#include <cmath>
#include <imgui.h>

#include "admin/views/page_head.hpp"
#include "common/ui/canvas.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/notice.hpp"
#include "common/ui/row.hpp"

namespace wardroom::admin::views {
namespace {

using namespace ui;

constexpr float kOverviewHead = 56;
constexpr float kTile = 84;
constexpr float kPlot = 132;
constexpr float kBetween = 12;
constexpr float kNarrowestPlot = 250;

void draw_tile(const FigureTile& tile, FrameContext& f, const Rect& box) {
  card(f, box);
  const float x = box.x0 + f.px(14);
  const float width = box.width() - f.px(28);
  text_line(f, FontRole::small, x, box.y0 + f.px(10), f.theme.text1, tile.label, width);
  text_line(f, FontRole::title, x, box.y0 + f.px(30), f.theme.text0, f.screen(tile.value), width);
  text_line(f, FontRole::small, x, box.y0 + f.px(56), f.theme.text2, f.screen(tile.detail), width);
  note(f, ItemKind::card, box, tile.label + ": " + tile.value, "figure", tile.detail);
}

void draw_line(const std::vector<float>& points, FrameContext& f, const Rect& box) {
  hairline(f, box.x0, box.x1, box.y0, f.theme.line);
  hairline(f, box.x0, box.x1, box.y1, f.theme.line);
  if (points.size() < 2) return;
  std::vector<ImVec2> line;
  line.reserve(points.size());
  const float step = box.width() / static_cast<float>(points.size() - 1);
  for (std::size_t i = 0; i < points.size(); ++i)
    line.push_back(
        {box.x0 + step * static_cast<float>(i), box.y1 - std::clamp(points[i], 0.0F, 1.0F) * box.height()});
  ImGui::GetWindowDrawList()->AddPolyline(line.data(), static_cast<int>(line.size()), f.theme.accent, 0,
                                          f.px(1.5F));
}

void draw_plot(const PlotProps& plot, FrameContext& f, const Rect& box) {
  card(f, box);
  const float x = box.x0 + f.px(14);
  const float right = box.x1 - f.px(14);
  const float value = text_width(f, FontRole::bold, plot.value);
  text_line(f, FontRole::small, x, box.y0 + f.px(11), f.theme.text1, plot.title, right - x - value - f.px(8));
  text_line(f, FontRole::bold, right - value, box.y0 + f.px(9), f.theme.text0, plot.value);
  note(f, ItemKind::card, box, plot.title + ": " + plot.value, "plot", plot.top);
  const float scale = text_width(f, FontRole::small, plot.top);
  const Rect inside{x, box.y0 + f.px(44), right - scale - f.px(8), box.y1 - f.px(16)};
  draw_line(plot.points, f, inside);
  if (plot.points.size() < 2) return;
  const float half = line_height(f, FontRole::small) / 2;
  text_line(f, FontRole::small, right - scale, inside.y0 - half, f.theme.text2, plot.top);
  const float zero = text_width(f, FontRole::small, "0");
  text_line(f, FontRole::small, right - zero, inside.y1 - half, f.theme.text2, "0");
}

// Boxes of one height in as many columns as fit.
template <class Items, class Draw>
void draw_grid(FrameContext& f, const Items& items, float height, Draw draw) {
  const float gap = f.px(kBetween);
  const float width = room_left();
  const auto fitting = static_cast<std::size_t>(std::max(1.0F, (width + gap) / (f.px(kNarrowestPlot) + gap)));
  const std::size_t columns = std::min<std::size_t>(fitting, 4);
  const float each =
      std::floor((width - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns));
  for (std::size_t i = 0; i < items.size(); i += columns) {
    const Rect row = place(width, f.px(height));
    for (std::size_t j = i; j < std::min(i + columns, items.size()); ++j) {
      const float left = row.x0 + (each + gap) * static_cast<float>(j - i);
      draw(items[j], Rect{left, row.y0, left + each, row.y1});
    }
    vertical_gap(f, kBetween);
  }
}

}  // namespace

void draw_overview(const OverviewProps& props, FrameContext& f, const Rect& area) {
  begin_pane(f, "overview.head", {area.x0, area.y0, area.x1, area.y0 + f.px(kOverviewHead)},
             {.padding_x = 20, .padding_y = 14});
  draw_page_title(f, "Overview", props.since, area.x1 - f.px(20));
  end_pane();
  const Rect rest{area.x0, area.y0 + f.px(kOverviewHead), area.x1, area.y1};
  if (props.plots.empty())
    return draw_emptiness(f, rest,
                          {props.loading, props.error, "Nothing is known yet", "The server is asked."});
  begin_pane(f, "overview", rest, {.scrolls = true, .padding_x = 20, .padding_y = 4});
  if (!props.error.empty()) {
    notice(f, NoticeTone::warn, props.error);
    vertical_gap(f, kBetween);
  }
  if (props.alarms.empty()) notice(f, NoticeTone::good, "Nothing needs your attention.");
  for (const AlarmCard& alarm : props.alarms) {
    notice(f, alarm.urgent ? NoticeTone::bad : NoticeTone::warn, alarm.text);
    vertical_gap(f, 8);
  }
  vertical_gap(f, kBetween);
  draw_grid(f, props.tiles, kTile, [&](const FigureTile& tile, const Rect& box) { draw_tile(tile, f, box); });
  draw_grid(f, props.plots, kPlot, [&](const PlotProps& plot, const Rect& box) { draw_plot(plot, f, box); });
  end_pane();
}

}  // namespace wardroom::admin::views
