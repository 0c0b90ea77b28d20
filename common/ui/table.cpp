#include "common/ui/table.hpp"

#include <algorithm>
#include <cmath>
#include <imgui.h>

#include "common/ui/canvas.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/icon.hpp"

namespace wardroom::ui {
namespace {

constexpr float kBoxes = 34;

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

// What the columns need to be read: of those that share, so much for each part.
float least_width(FrameContext& f, std::span<const Column> columns) {
  constexpr float kPart = 26;
  float width = 0;
  for (const Column& column : columns)
    width += f.px(column.width > 0 ? column.width : kPart * std::max(1.0F, -column.width));
  return width;
}

// Points up while the smallest stands first. Drawn: not every font has such a sign.
void draw_arrow(FrameContext& f, float x, float y, bool down) {
  const float half = f.px(4);
  const float tip = down ? y + f.px(2.5F) : y - f.px(2.5F);
  const float base = down ? y - f.px(2.5F) : y + f.px(2.5F);
  ImGui::GetWindowDrawList()->AddTriangleFilled({x - half, base}, {x + half, base}, {x, tip}, f.theme.text1);
}

void draw_box(FrameContext& f, const Rect& place, const Interaction& it, bool on) {
  const float side = f.px(16);
  const float x = std::round((place.x0 + place.x1 - side) / 2);
  const float y = std::round((place.y0 + place.y1 - side) / 2);
  const Rect box{x, y, x + side, y + side};
  if (on) {
    fill(box, f.theme.accent, f.px(4));
    draw_icon(f, Icon::check, x + side / 2, y + side / 2, f.px(12), f.theme.on_accent);
  } else {
    outline(box, it.hovered ? f.theme.text1 : f.theme.text2, f.px(4));
  }
  if (it.focused) focus_ring(f, box, f.px(4));
}

// A pane of its own, so that what it holds can be pressed wherever the table lies.
void draw_header(FrameContext& f, const std::string& name, const Rect& rect, std::span<const Column> columns,
                 std::span<const float> edges, const TableOptions& options, TableResult& result) {
  begin_pane(f, Id{name + ".header"}, rect);
  if (options.is_ticked) {
    const Rect box{edges[0] - f.px(kBoxes), rect.y0, edges[0], rect.y1 - 1};
    const Interaction it = interact(f, Id{name + ".tick_all"}, box, ItemKind::checkbox, "Select all shown",
                                    {.selected = options.all_ticked});
    draw_box(f, box, it, options.all_ticked);
    result.ticked_all = it.pressed;
  }
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const Rect cell{edges[i] + f.px(8), rect.y0, edges[i + 1] - f.px(8), rect.y1};
    if (!options.sort || !columns[i].sorts) {
      text_in(f, FontRole::small_bold, cell, f.theme.text2, columns[i].title);
      continue;
    }
    const bool here = options.sort->column == i;
    const Rect whole{edges[i], rect.y0, edges[i + 1], rect.y1 - 1};
    const std::string_view order = !here ? "" : options.sort->descending ? "descending" : "ascending";
    const Interaction it = interact(f, Id{name + ".title", static_cast<std::int64_t>(i)}, whole,
                                    ItemKind::header, columns[i].title, {.selected = here, .state = order});
    const float room = cell.width() - (here ? f.px(14) : 0);
    const float y = std::round((cell.y0 + cell.y1 - line_height(f, FontRole::small_bold)) / 2);
    const float width = text_line(f, FontRole::small_bold, cell.x0, y,
                                  here || it.hovered ? f.theme.text0 : f.theme.text2, columns[i].title, room);
    if (here)
      draw_arrow(f, cell.x0 + width + f.px(9), std::round((cell.y0 + cell.y1) / 2), options.sort->descending);
    if (it.focused) focus_ring(f, whole, f.px(4));
    if (it.pressed) result.sorted_by = i;
  }
  hairline(f, rect.x0, edges.back(), rect.y1 - 1, f.theme.line);
  end_pane();
}

// The list that stood in this pane in the frame before.
bool is_another_list(std::uint64_t list) {
  ImGuiStorage& storage = *ImGui::GetStateStorage();
  int* shown = storage.GetIntRef(ImGui::GetID("list"), static_cast<int>(list));
  const bool another = *shown != static_cast<int>(list);
  *shown = static_cast<int>(list);
  return another;
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

void RowPainter::cell(std::string_view text, Colour colour, std::string_view more) {
  const FontRole role = columns_[std::min(next_, columns_.size() - 1)].role;
  const Rect rect = space();
  // All cells of a row stand on one baseline, whatever their font.
  const float top = std::round((rect.y0 + rect.y1 - line_height(f_, FontRole::text)) / 2);
  const auto baseline = [this](FontRole of) { return f_.fonts.line(of, {}).lines.front().baseline; };
  const float y = top + baseline(FontRole::text) - baseline(role);
  text_line(f_, role, rect.x0, y, colour == 0 ? f_.theme.text1 : colour, text, rect.width());
  const bool here = hovered_ && ImGui::IsMouseHoveringRect({rect.x0, rect.y0}, {rect.x1, rect.y1});
  if (here) tooltip(f_, {.hovered = true}, more);
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
  const float boxes = options.is_ticked ? f.px(kBoxes) : 0;
  const float width = std::max(rect.width(), boxes + least_width(f, columns) + f.px(10));
  const bool wide = width > rect.width();
  // The header stands over its rows, wherever these were scrolled to in the frame before.
  float* aside = ImGui::GetStateStorage()->GetFloatRef(ImGui::GetID((name + ".aside").c_str()), 0);
  const float shift = wide ? std::round(*aside) : 0;
  const std::vector<float> titles =
      column_edges(f, columns, rect.x0 + boxes - shift, rect.x0 + width - shift - f.px(10));
  draw_header(f, name, header, columns, titles, options, result);

  begin_pane(f, id, {rect.x0, header.y1, rect.x1, rect.y1}, {.scrolls = true, .scrolls_aside = wide});
  *aside = ImGui::GetScrollX();
  const float left = ImGui::GetCursorScreenPos().x;
  const std::vector<float> edges = column_edges(f, columns, left + boxes, left + width - f.px(10));
  if (is_another_list(options.list)) ImGui::SetScrollY(0);
  const float height = ImGui::GetWindowHeight();
  bool has_keyboard = false;
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(rows), row_height);
  while (clipper.Step()) {
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
      const auto at = static_cast<std::size_t>(i);
      const Rect row = place(width - f.px(10), row_height);
      const bool selected = options.selected == at;
      const Interaction it = interact(f, Id{name + ".row", i}, {row.x0 + boxes, row.y0, row.x1, row.y1},
                                      ItemKind::table_row, label(at), {.selected = selected});
      if (it.pressed) result.pressed = at;
      has_keyboard = has_keyboard || it.focused;
      if (selected) {
        fill(row, f.theme.accent_soft);
      } else if (it.hovered) {
        fill(row, f.theme.surface2);
      }
      if (options.is_ticked) {
        const Rect box{row.x0, row.y0, row.x0 + boxes, row.y1};
        const bool on = options.is_ticked(at);
        const Interaction tick =
            interact(f, Id{name + ".tick", i}, box, ItemKind::checkbox, label(at), {.selected = on});
        draw_box(f, box, tick, on);
        if (tick.pressed) result.ticked = at;
        has_keyboard = has_keyboard || tick.focused;
      }
      RowPainter painter{f, row, edges, columns, it.hovered};
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
