#pragma once

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
};

// Writes one row's cells, from left to right.
class RowPainter {
 public:
  RowPainter(FrameContext& f, const Rect& row, std::span<const float> edges, std::span<const Column> columns)
      : f_(f), row_(row), edges_(edges), columns_(columns) {}

  // Screen texts; colour 0 is the ordinary one.
  void cell(std::string_view text, Colour colour = 0);
  void bold_cell(std::string_view text);
  // The rectangle of the next cell, for the caller to draw in.
  Rect space();

 private:
  FrameContext& f_;
  Rect row_;
  std::span<const float> edges_;
  std::span<const Column> columns_;
  std::size_t next_ = 0;
};

struct TableOptions {
  std::optional<std::size_t> selected;
  float row_height = 30;  // design length
};

struct TableResult {
  std::optional<std::size_t> pressed;  // this row was chosen, by mouse or keyboard
  bool near_end = false;               // the last rows are in sight: more may be asked for
};

// Rows under a header that stays. Only rows in sight are asked for, so a table holds any number of them. With
// the keyboard on it, Up, Down, Page keys, Home and End choose. `label` names a row for tests.
TableResult table(FrameContext& f, const Id& id, const Rect& rect, std::span<const Column> columns,
                  std::size_t rows, const TableOptions& options,
                  const std::function<std::string(std::size_t)>& label,
                  const std::function<void(std::size_t, RowPainter&)>& paint);

}  // namespace wardroom::ui
