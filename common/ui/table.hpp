#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/ui/widget.hpp"

namespace wardroom::ui {

struct Column {
  std::string_view title;
  float width = 0;  // design length; 0 or less: shares what is left, by -width (at least 1)
  FontRole role = FontRole::text;
  bool sorts = true;  // where the titles can be pressed, this one can
};

// Writes one row's cells, from left to right.
class RowPainter {
 public:
  RowPainter(FrameContext& f, const Rect& row, std::span<const float> edges, std::span<const Column> columns,
             bool hovered)
      : f_(f), row_(row), edges_(edges), columns_(columns), hovered_(hovered) {}

  // Screen texts; colour 0 is the ordinary one. `more` is shown beside the mouse while it rests on the cell.
  void cell(std::string_view text, Colour colour = 0, std::string_view more = {});
  void bold_cell(std::string_view text);
  // The rectangle of the next cell, for the caller to draw in.
  Rect space();

 private:
  FrameContext& f_;
  Rect row_;
  std::span<const float> edges_;
  std::span<const Column> columns_;
  bool hovered_;
  std::size_t next_ = 0;
};

// By which column the rows are ordered: an arrow stands there.
struct TableSort {
  std::size_t column = 0;
  bool descending = false;
};

struct TableOptions {
  std::optional<std::size_t> selected;
  float row_height = 30;                         // design length
  std::optional<TableSort> sort{};               // with it the titles can be pressed
  std::function<bool(std::size_t)> is_ticked{};  // with it each row has a box in front, and the header
  bool all_ticked = false;                       // what the header's box shows
  std::uint64_t list = 0;                        // another one than in the frame before begins at its top
};

struct TableResult {
  std::optional<std::size_t> pressed;    // this row was chosen, by mouse or keyboard
  bool near_end = false;                 // the last rows are in sight: more may be asked for
  std::optional<std::size_t> sorted_by;  // this column's title was pressed
  std::optional<std::size_t> ticked;     // this row's box was pressed
  bool ticked_all = false;               // the header's was
};

// Rows under a header that stays. Where the columns don't fit, all scroll sideways together. Only rows in
// sight are asked for, so a table holds any number of them. With the keyboard on it, Up, Down, Page keys,
// Home and End choose. Titles and boxes are reached by Tab and the arrows, and pressed by Space or Enter.
// `label` names a row for tests. Ids: "ID.row:3", "ID.title:0", "ID.tick:3", "ID.tick_all".
TableResult table(FrameContext& f, const Id& id, const Rect& rect, std::span<const Column> columns,
                  std::size_t rows, const TableOptions& options,
                  const std::function<std::string(std::size_t)>& label,
                  const std::function<void(std::size_t, RowPainter&)>& paint);

}  // namespace wardroom::ui
