#include "common/ui/layout_cache.hpp"

#include <algorithm>
#include <utility>

namespace wardroom::ui {
namespace {

constexpr std::size_t kMostFresh = std::size_t{4} << 20;  // bytes
constexpr std::string_view kEllipsis = "\xE2\x80\xA6";

std::size_t bytes_of(const typeset::TextLayout& layout) {
  return sizeof(layout) + layout.glyphs.size() * sizeof(typeset::PlacedGlyph) +
         layout.stops.size() * sizeof(typeset::Stop) + layout.lines.size() * sizeof(typeset::LaidLine);
}

template <class T>
void append_bytes(std::string& key, const T& value) {
  key.append(reinterpret_cast<const char*>(&value), sizeof value);
}

// So much of a line's text that it fits with the ellipsis behind it.
std::string cut_to_fit(const typeset::TextLayout& whole, std::string_view text, float room) {
  std::vector<typeset::Stop> stops = whole.stops;
  std::ranges::sort(stops, {}, &typeset::Stop::begin);
  std::size_t end = 0;
  for (const typeset::Stop& stop : stops) {
    room -= stop.right - stop.left;
    if (room < 0) break;
    end = stop.end;
  }
  return std::string{text.substr(0, end)} + std::string{kEllipsis};
}

typeset::TextLayout make_layout(typeset::Faces& faces, std::string_view text, typeset::Pen pen,
                                const typeset::LayoutOptions& options, bool elided) {
  const auto lay_out = [&](std::string_view part, const typeset::LayoutOptions& how) {
    const typeset::StyledRun run{part.size(), pen};
    return typeset::lay_out(faces, part, {&run, 1}, how);
  };
  if (!elided) return lay_out(text, options);
  typeset::LayoutOptions unbroken = options;
  unbroken.width = 0;
  const typeset::TextLayout whole = lay_out(text, unbroken);
  // It keeps the direction that it has, whatever was cut off.
  unbroken.direction = whole.lines.front().right_to_left ? typeset::Direction::right_to_left
                                                         : typeset::Direction::left_to_right;
  const float room = options.width - lay_out(kEllipsis, unbroken).width;
  return lay_out(cut_to_fit(whole, text, room), unbroken);
}

}  // namespace

const typeset::TextLayout& LayoutCache::find(typeset::Faces& faces, std::string_view text, typeset::Pen pen,
                                             const typeset::LayoutOptions& options, bool elided) {
  key_.clear();
  append_bytes(key_, pen.style);
  append_bytes(key_, pen.em);
  append_bytes(key_, options.width);
  append_bytes(key_, options.line_height);
  append_bytes(key_, options.direction);
  const bool flags[] = {options.single_line, options.align, elided};
  append_bytes(key_, flags);
  key_ += text;
  if (const auto known = fresh_.find(key_); known != fresh_.end()) return *known->second;
  std::unique_ptr<typeset::TextLayout> layout;
  if (const auto known = older_.find(key_); known != older_.end()) {
    layout = std::move(known->second);
    older_.erase(known);
  } else {
    layout = std::make_unique<typeset::TextLayout>(make_layout(faces, text, pen, options, elided));
  }
  bytes_ += bytes_of(*layout) + key_.size();
  return *fresh_.emplace(key_, std::move(layout)).first->second;
}

void LayoutCache::begin_frame() {
  if (bytes_ < kMostFresh) return;
  older_ = std::exchange(fresh_, {});
  bytes_ = 0;
}

}  // namespace wardroom::ui
