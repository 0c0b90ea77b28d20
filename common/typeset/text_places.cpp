#include <algorithm>

#include "common/typeset/text_layout.hpp"

namespace wardroom::typeset {
namespace {

// The stop that the caret stands beside; null in an empty line. `after`: it stands behind that stop.
struct Beside {
  const Stop* stop = nullptr;
  bool after = false;
};

Beside find_beside(std::span<const Stop> stops, Caret caret) {
  const Stop* last = nullptr;  // by the text's order, of those before the caret
  for (const Stop& stop : stops) {
    if (caret.upstream && stop.end == caret.position) return {&stop, true};
    if (!caret.upstream && stop.begin <= caret.position && caret.position < stop.end) return {&stop, false};
    if (stop.end <= caret.position && (!last || stop.end > last->end)) last = &stop;
  }
  if (last) return {last, true};
  // Before all of the line: where its first character begins.
  const auto first = std::ranges::min_element(stops, {}, &Stop::begin);
  return first == stops.end() ? Beside{} : Beside{&*first, false};
}

float empty_line_x(const LaidLine& line) {
  return line.right_to_left ? line.right : line.left;
}

std::size_t line_of(const TextLayout& layout, Caret caret) {
  std::size_t found = 0;
  for (std::size_t i = 1; i < layout.lines.size(); ++i) {
    const LaidLine& line = layout.lines[i];
    const bool wrapped = !layout.lines[i - 1].ends_paragraph;
    const bool before = caret.upstream && wrapped && line.begin == caret.position;
    if (line.begin <= caret.position && !before) found = i;
  }
  return found;
}

Caret left_edge(const Stop& stop) {
  return stop.right_to_left ? Caret{stop.end, true} : Caret{stop.begin, false};
}
Caret right_edge(const Stop& stop) {
  return stop.right_to_left ? Caret{stop.begin, false} : Caret{stop.end, true};
}

// How many stops of the line are to the left of the caret.
std::size_t slot_of(std::span<const Stop> stops, Caret caret) {
  const Beside beside = find_beside(stops, caret);
  if (!beside.stop) return 0;
  const auto index = static_cast<std::size_t>(beside.stop - stops.data());
  return beside.after != beside.stop->right_to_left ? index + 1 : index;
}

std::optional<Caret> step(const TextLayout& layout, Caret caret, bool right) {
  const std::size_t at = line_of(layout, caret);
  const LaidLine& line = layout.lines[at];
  const auto stops = layout.stops_of(line);
  const std::size_t slot = slot_of(stops, caret);
  if (right ? slot < stops.size() : slot > 0)
    return right ? right_edge(stops[slot]) : left_edge(stops[slot - 1]);
  const bool onwards = right != line.right_to_left;
  if (onwards ? at + 1 == layout.lines.size() : at == 0) return std::nullopt;
  const Caret beyond = onwards ? line_start(layout, at + 1) : line_end(layout, at - 1);
  // Both sides of a place where a line wraps are one place in the text.
  const bool wrapped = !layout.lines[onwards ? at : at - 1].ends_paragraph;
  return wrapped ? step(layout, beyond, right) : beyond;
}

}  // namespace

std::size_t line_at(const TextLayout& layout, float y) {
  std::size_t found = 0;
  for (std::size_t i = 1; i < layout.lines.size() && layout.lines[i].top <= y; ++i) found = i;
  return found;
}

CaretPlace place_of(const TextLayout& layout, Caret caret) {
  const std::size_t at = line_of(layout, caret);
  const LaidLine& line = layout.lines[at];
  const Beside beside = find_beside(layout.stops_of(line), caret);
  if (!beside.stop) return {at, empty_line_x(line)};
  return {at, beside.after ? beside.stop->trailing() : beside.stop->leading()};
}

Caret caret_in_line(const TextLayout& layout, std::size_t line, float x) {
  const auto stops = layout.stops_of(layout.lines[line]);
  if (stops.empty()) return {layout.lines[line].begin, false};
  for (const Stop& stop : stops) {
    if (x >= stop.right) continue;
    return x < (stop.left + stop.right) / 2 ? left_edge(stop) : right_edge(stop);
  }
  return right_edge(stops.back());
}

Caret caret_at(const TextLayout& layout, float x, float y) {
  return caret_in_line(layout, line_at(layout, y), x);
}

std::optional<Caret> step_left(const TextLayout& layout, Caret caret) {
  return step(layout, caret, false);
}
std::optional<Caret> step_right(const TextLayout& layout, Caret caret) {
  return step(layout, caret, true);
}

Caret line_start(const TextLayout& layout, std::size_t line) {
  return {layout.lines[line].begin, false};
}

Caret line_end(const TextLayout& layout, std::size_t line) {
  const LaidLine& at = layout.lines[line];
  return {at.end, at.end > at.begin};
}

std::vector<SelectedSpan> selected_spans(const TextLayout& layout, std::size_t begin, std::size_t end) {
  std::vector<SelectedSpan> spans;
  for (std::size_t i = 0; i < layout.lines.size() && begin < end; ++i) {
    const LaidLine& line = layout.lines[i];
    if (line.end <= begin || line.begin >= end) continue;
    bool joins = false;
    for (const Stop& stop : layout.stops_of(line)) {
      const bool selected = stop.begin < end && stop.end > begin;
      if (selected && joins)
        spans.back().right = stop.right;
      else if (selected)
        spans.push_back({i, stop.left, stop.right});
      joins = selected;
    }
  }
  return spans;
}

}  // namespace wardroom::typeset
