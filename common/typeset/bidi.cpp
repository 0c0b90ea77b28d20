#include "common/typeset/bidi.hpp"

#include <algorithm>
#include <fribidi.h>
#include <numeric>

namespace wardroom::typeset {
namespace {

static_assert(sizeof(FriBidiChar) == sizeof(char32_t) && sizeof(FriBidiCharType) == sizeof(std::uint32_t) &&
              sizeof(FriBidiLevel) == sizeof(std::int8_t));

// The first script that is written from the right; marks that reorder come later.
constexpr char32_t kFirstFromRight = 0x0590;

FriBidiParType wanted_base(Direction base) {
  if (base == Direction::left_to_right) return FRIBIDI_PAR_LTR;
  if (base == Direction::right_to_left) return FRIBIDI_PAR_RTL;
  return FRIBIDI_PAR_ON;
}

}  // namespace

Bidi::Bidi(std::u32string_view paragraph, Direction base) : right_to_left_(base == Direction::right_to_left) {
  const bool plain = std::ranges::all_of(paragraph, [](char32_t c) { return c < kFirstFromRight; });
  if (paragraph.empty() || (plain && !right_to_left_)) return;
  const std::vector<FriBidiChar> text(paragraph.begin(), paragraph.end());
  const auto size = static_cast<FriBidiStrIndex>(text.size());
  types_.resize(text.size());
  levels_.resize(text.size());
  std::vector<FriBidiBracketType> brackets(text.size());
  fribidi_get_bidi_types(text.data(), size, types_.data());
  fribidi_get_bracket_types(text.data(), size, types_.data(), brackets.data());
  FriBidiParType found = wanted_base(base);
  // 0: it found no memory. Then the text stands in its own order.
  if (fribidi_get_par_embedding_levels_ex(types_.data(), brackets.data(), size, &found, levels_.data()) ==
      0) {
    types_.clear();
    return;
  }
  base_ = found;
  right_to_left_ = (found & FRIBIDI_MASK_RTL) != 0;
}

std::vector<std::uint8_t> Bidi::line_levels(std::size_t begin, std::size_t end) const {
  std::vector<std::uint8_t> out(end - begin, right_to_left_ ? 1 : 0);
  if (types_.empty() || begin == end) return out;
  std::vector<FriBidiLevel> levels = levels_;
  // Nothing is moved: it only sets the levels of what ends the line.
  const FriBidiLevel highest =
      fribidi_reorder_line(FriBidiFlags{0}, types_.data(), static_cast<FriBidiStrIndex>(end - begin),
                           static_cast<FriBidiStrIndex>(begin), base_, levels.data(), nullptr, nullptr);
  if (highest == 0) return out;
  for (std::size_t i = begin; i < end; ++i) out[i - begin] = static_cast<std::uint8_t>(levels[i]);
  return out;
}

std::vector<std::size_t> visual_order(std::span<const std::uint8_t> levels) {
  std::vector<std::size_t> order(levels.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  if (levels.empty()) return order;
  const int highest = *std::ranges::max_element(levels);
  for (int level = highest; level > 0; --level) {
    for (std::size_t i = 0; i < order.size();) {
      // Reversed runs hold the same pieces as before, so that their levels are found by place.
      if (levels[order[i]] < level) {
        ++i;
        continue;
      }
      std::size_t end = i;
      while (end < order.size() && levels[order[end]] >= level) ++end;
      std::reverse(order.begin() + static_cast<std::ptrdiff_t>(i),
                   order.begin() + static_cast<std::ptrdiff_t>(end));
      i = end;
    }
  }
  return order;
}

}  // namespace wardroom::typeset
