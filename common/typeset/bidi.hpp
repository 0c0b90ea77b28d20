#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace wardroom::typeset {

enum class Direction { from_text, left_to_right, right_to_left };

// The levels of one paragraph by Unicode's bidirectional algorithm (UAX 9), from FriBidi: even ones run to
// the right, odd ones to the left.
class Bidi {
 public:
  // Without the line break that ends it. `base` is the paragraph's own direction; from_text: its first strong
  // letter's, else to the right.
  Bidi(std::u32string_view paragraph, Direction base);

  bool right_to_left() const { return right_to_left_; }
  // Of the characters from `begin` to before `end`, which are a line: spaces at its end have the paragraph's.
  std::vector<std::uint8_t> line_levels(std::size_t begin, std::size_t end) const;

 private:
  std::vector<std::uint32_t> types_;  // FriBidi's; empty where everything runs to the right
  std::vector<std::int8_t> levels_;
  bool right_to_left_ = false;
  std::uint32_t base_ = 0;
};

// Where each of a line's pieces goes, from left to right, by their levels in the order of the text (rule L2).
std::vector<std::size_t> visual_order(std::span<const std::uint8_t> levels);

}  // namespace wardroom::typeset
