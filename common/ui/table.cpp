#include "common/ui/table.hpp"

#include <algorithm>
#include <cmath>
#include <imgui.h>

#include "common/ui/canvas.hpp"
#include "common/ui/draw.hpp"

namespace wardroom::ui {
namespace {

std::vector<float> column_edges(FrameContext& f, std::span<const Column> columns, float x0, float x1) {
  float fixed = 0;
  float shares = 0;
  for (const Column& column : columns) {
    if (column.width > 0) {
      fixed += f.px(column.width);
    } else {
      shares += std::max(1.0F, -column.width);
    }
  }
  const float share = shares > 0 ? std::max(0.0F, x1 - x0 - fixed) / shares : 0;
  std::vector<float> edges{x0};
  for (const Column& column : columns) {
    const float width = column.width > 0 ? f.px(column.width) : share * std::max(1.0F, -column.width);
    edges.push_back(edges.back() + width);
  }
  return edges;
}

void draw_header(FrameContext& f, const Rect& rect, std::span<const Column> columns,
                 std::span<const float> edges) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const Rect cell{edges[i] + f.px(8), rect.y0, edges[i + 1] - f.px(8), rect.y1};
    text_in(f, FontRole::small_bold, cell, f.theme.text2, columns[i].title);
  }
  hairline(f, rect.x0, edges.back(), rect.y1 - 1, f.theme.line);
}

// Keys that choose another row while a row has the keyboard.
std::optional<std::size_t> chosen_by_key(FrameContext& f, std::size_t rows, std::size_t page,
                                         std::optional<std::size_t> selected) {
  if (rows == 0 || !selected) return std::nullopt;
  const auto last = static_cast<std::ptrdiff_t>(rows) - 1;
  auto at = static_cast<std::ptrdiff_t>(*selected);
  const auto by = static_cast<std::ptrdiff_t>(page);
  if (f.pressed(Key::down))
    ++at;
  else if (f.pressed(Key::up))
    --at;
  else if (f.pressed(Key::page_down))
    at += by;
  else if (f.pressed(Key::page_up))
    at -= by;
  else if (f.pressed(Key::home))
    at = 0;
  else if (f.pressed(Key::end))
    at = last;
  else
    return std::nullopt;
  return static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(at, 0, last));
}

}  // namespace

Rect RowPainter::space() {
  const std::size_t i = std::min(next_++, columns_.size() - 1);
  return {edges_[i] + f_.px(8), row_.y0, edges_[i + 1] - f_.px(8), row_.y1};
}

void RowPainter::cell(std::string_view text, Colour colour) {
  const FontRole role = columns_[std::min(next_, columns_.size() - 1)].role;
  const Rect rect = space();
  // All cells of a row stand on one baseline, whatever their font.
  const float top = std::round((rect.y0 + rect.y1 - line_height(f_, FontRole::text)) / 2);
  const auto baseline = [this](FontRole of) { return f_.fonts.line(of, {}).lines.front().baseline; };
  const float y = top + baseline(FontRole::text) - baseline(role);
  text_line(f_, role, rect.x0, y, colour == 0 ? f_.theme.text1 : colour, text, rect.width());
}

void RowPainter::bold_cell(std::string_view text) {
  const Rect rect = space();
  text_in(f_, FontRole::bold, rect, f_.theme.text0, text);
}

TableResult table(FrameContext& f, const Id& id, const Rect& rect, std::span<const Column> columns,
                  std::size_t rows, const TableOptions& options,
                  const std::function<std::string(std::size_t)>& label,
                  const std::function<void(std::size_t, RowPainter&)>& paint) {
  TableResult result;
  const std::string name = id.text();
  const float row_height = f.px(options.row_height);
  const Rect header{rect.x0, rect.y0, rect.x1, rect.y0 + f.px(30)};
  const std::vector<float> edges = column_edges(f, columns, rect.x0, rect.x1 - f.px(10));
  draw_header(f, header, columns, edges);

  begin_pane(f, id, {rect.x0, header.y1, rect.x1, rect.y1}, {.scrolls = true});
  const float height = ImGui::GetWindowHeight();
  bool has_keyboard = false;
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(rows), row_height);
  while (clipper.Step()) {
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
      const auto at = static_cast<std::size_t>(i);
      const Rect row = place(rect.width() - f.px(10), row_height);
      const bool selected = options.selected == at;
      const Interaction it =
          interact(f, Id{name + ".row", i}, row, ItemKind::table_row, label(at), {.selected = selected});
      if (it.pressed) result.pressed = at;
      has_keyboard = has_keyboard || it.focused;
      if (selected) {
        fill(row, f.theme.accent_soft);
      } else if (it.hovered) {
        fill(row, f.theme.surface2);
      }
      RowPainter painter{f, row, edges, columns};
      paint(at, painter);
      hairline(f, row.x0, row.x1, row.y1 - 1, f.theme.line);
      if (it.focused) focus_ring(f, row, f.px(4));
    }
  }
  result.near_end = ImGui::GetScrollY() + height > static_cast<float>(rows) * row_height - height;
  const auto page = static_cast<std::size_t>(std::max(1.0F, height / row_height - 1));
  if (ImGui::IsWindowFocused() && !has_keyboard) {
    if (const auto chosen = chosen_by_key(f, rows, page, options.selected)) {
      result.pressed = chosen;
      const float y = static_cast<float>(*chosen) * row_height;
      if (y < ImGui::GetScrollY()) ImGui::SetScrollY(y);
      if (y + row_height > ImGui::GetScrollY() + height) ImGui::SetScrollY(y + row_height - height);
    }
  }
  end_pane();
  return result;
}

}  // namespace wardroom::ui
