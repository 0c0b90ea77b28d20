#include "client/views/qr_picture.hpp"

#include <algorithm>
#include <cmath>

#include "common/qr/qr_code.hpp"
#include "common/ui/draw.hpp"

namespace wardroom::client::views {
namespace {

constexpr std::size_t kQuietZone = 4;
// Readers expect dark on light, so these two don't follow the theme.
constexpr ui::Colour kLight = ui::rgb(0xffffff);
constexpr ui::Colour kDark = ui::rgb(0x000000);

}  // namespace

void draw_qr_picture(ui::FrameContext& f, std::string_view text, const ui::Rect& square) {
  if (text.empty()) return;
  const auto code = qr::encode_qr(text);
  if (!code) return;
  const auto modules = static_cast<float>(code->size() + 2 * kQuietZone);
  const float module = std::max(1.0F, std::floor(std::min(square.width(), square.height()) / modules));
  const float side = module * modules;
  const float x0 = std::floor((square.x0 + square.x1 - side) / 2);
  const float y0 = std::floor((square.y0 + square.y1 - side) / 2);
  ui::fill({x0, y0, x0 + side, y0 + side}, kLight, f.px(4));
  for (std::size_t row = 0; row < code->size(); ++row)
    for (std::size_t column = 0; column < code->size(); ++column) {
      if (!code->is_dark(row, column)) continue;
      const float x = x0 + module * static_cast<float>(column + kQuietZone);
      const float y = y0 + module * static_cast<float>(row + kQuietZone);
      ui::fill({x, y, x + module, y + module}, kDark);
    }
}

}  // namespace wardroom::client::views
