#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "common/base/result.hpp"

namespace wardroom::qr {

// A QR code as a square of modules; who draws it leaves four light modules around it (ISO/IEC 18004). A
// value.
class QrCode {
 public:
  QrCode(std::size_t size, std::vector<bool> dark) : size_(size), dark_(std::move(dark)) {}

  std::size_t size() const { return size_; }
  // `row` and `column` from the top left corner; outside the square everything is light.
  bool is_dark(std::size_t row, std::size_t column) const {
    return row < size_ && column < size_ && dark_[row * size_ + column];
  }

 private:
  std::size_t size_;
  std::vector<bool> dark_;  // by row
};

// The smallest code for the text that survives 15 % of damage. `too_large` when the text doesn't fit.
Result<QrCode> encode_qr(std::string_view text);

}  // namespace wardroom::qr
