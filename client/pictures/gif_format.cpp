#include <algorithm>
#include <array>
#include <cstring>
#include <gif_lib.h>
#include <memory>

#include "client/pictures/decode.hpp"
#include "client/pictures/formats.hpp"
#include "client/pictures/scale.hpp"

namespace wardroom::client::pictures {
namespace {

struct GifBytes {
  std::string_view left;
};

int read_gif(GifFileType* gif, GifByteType* to, int most) {
  auto& bytes = *static_cast<GifBytes*>(gif->UserData);
  const std::size_t count = std::min(static_cast<std::size_t>(std::max(most, 0)), bytes.left.size());
  std::memcpy(to, bytes.left.data(), count);
  bytes.left.remove_prefix(count);
  return static_cast<int>(count);
}

struct GifCloser {
  void operator()(GifFileType* gif) const {
    int ignored = 0;
    DGifCloseFile(gif, &ignored);
  }
};

// What stands before a frame and says how it is drawn.
struct GifControl {
  int transparent = -1;  // the colour that isn't drawn
  int delay_ms = 0;
  int disposal = DISPOSAL_UNSPECIFIED;  // what becomes of it when the next one comes
};

bool read_extension(GifFileType& gif, GifControl& control) {
  int code = 0;
  GifByteType* block = nullptr;
  if (DGifGetExtension(&gif, &code, &block) == GIF_ERROR) return false;
  GraphicsControlBlock said{};
  if (code == GRAPHICS_EXT_FUNC_CODE && block && DGifExtensionToGCB(block[0], block + 1, &said) == GIF_OK)
    control = {said.TransparentColor, said.DelayTime * 10, said.DisposalMode};
  while (block)
    if (DGifGetExtensionNext(&gif, &block) == GIF_ERROR) return false;
  return true;
}

// The frame may be smaller than the picture and may reach beyond it.
bool read_frame(GifFileType& gif, int transparent, Pixels& into) {
  if (DGifGetImageDesc(&gif) == GIF_ERROR) return false;
  const GifImageDesc& frame = gif.Image;
  if (frame.Width < 1 || frame.Height < 1 || !check_picture_size(frame.Width, frame.Height)) return false;
  const ColorMapObject* colours = frame.ColorMap ? frame.ColorMap : gif.SColorMap;
  if (!colours) return false;
  std::vector<GifPixelType> line(static_cast<std::size_t>(frame.Width));
  struct Pass {
    int first, step;
  };
  // Interlaced: every eighth line, then those between (GIF89a, appendix E).
  constexpr std::array<Pass, 4> kInterlaced = {{{0, 8}, {4, 8}, {2, 4}, {1, 2}}};
  constexpr std::array<Pass, 1> kPlain = {{{0, 1}}};
  const auto read_pass = [&](const Pass& pass) {
    for (int row = pass.first; row < frame.Height; row += pass.step) {
      if (DGifGetLine(&gif, line.data(), frame.Width) == GIF_ERROR) return false;
      const int y = frame.Top + row;
      if (y < 0 || y >= into.height) continue;
      for (int i = 0; i < frame.Width; ++i) {
        const int x = frame.Left + i, index = line[static_cast<std::size_t>(i)];
        if (x < 0 || x >= into.width || index == transparent || index >= colours->ColorCount) continue;
        const GifColorType& colour = colours->Colors[index];
        std::uint8_t* to = into.rgba.data() + (static_cast<std::size_t>(y) * into.width + x) * 4;
        to[0] = colour.Red;
        to[1] = colour.Green;
        to[2] = colour.Blue;
        to[3] = 255;
      }
    }
    return true;
  };
  if (frame.Interlace) return std::all_of(kInterlaced.begin(), kInterlaced.end(), read_pass);
  return std::all_of(kPlain.begin(), kPlain.end(), read_pass);
}

// Nothing is where the frame was.
void clear_frame(const GifImageDesc& frame, Pixels& canvas) {
  const int x0 = std::clamp(frame.Left, 0, canvas.width), y0 = std::clamp(frame.Top, 0, canvas.height);
  const int x1 = std::clamp(frame.Left + frame.Width, x0, canvas.width);
  const int y1 = std::clamp(frame.Top + frame.Height, y0, canvas.height);
  for (int y = y0; y < y1; ++y) {
    auto* row = canvas.rgba.data() + static_cast<std::size_t>(y) * canvas.width * 4;
    std::fill(row + static_cast<std::ptrdiff_t>(x0) * 4, row + static_cast<std::ptrdiff_t>(x1) * 4,
              std::uint8_t{0});
  }
}

// Browsers take what is too quick to be meant for a tenth of a second.
int shown_ms(int delay_ms) {
  return delay_ms < 20 ? 100 : std::clamp(delay_ms, 50, 60'000);
}

// The next frame, drawn over what is in the canvas. False: there is none, or it is damaged.
bool read_next_frame(GifFileType& gif, GifControl& control, Pixels& canvas) {
  for (;;) {
    GifRecordType record = UNDEFINED_RECORD_TYPE;
    if (DGifGetRecordType(&gif, &record) == GIF_ERROR) return false;
    if (record == EXTENSION_RECORD_TYPE) {
      if (!read_extension(gif, control)) return false;
    } else if (record == IMAGE_DESC_RECORD_TYPE) {
      return read_frame(gif, control.transparent, canvas);
    } else {
      return false;
    }
  }
}

void append_frame(Pixels& to, Pixels frame, int delay_ms) {
  to.rgba.insert(to.rgba.end(), frame.rgba.begin(), frame.rgba.end());
  to.delays_ms.push_back(delay_ms);
}

}  // namespace

Result<Pixels> decode_gif(std::string_view bytes, Box box) {
  GifBytes source{bytes};
  int why = 0;
  const std::unique_ptr<GifFileType, GifCloser> gif(DGifOpen(&source, read_gif, &why));
  if (!gif) return broken_picture();
  if (auto checked = check_picture_size(gif->SWidth, gif->SHeight); !checked) return checked.error();
  Pixels canvas{gif->SWidth, gif->SHeight,
                std::vector<std::uint8_t>(static_cast<std::size_t>(gif->SWidth) * gif->SHeight * 4)};
  GifControl control;
  if (!read_next_frame(*gif, control, canvas)) return broken_picture();
  const Pixels still = fit_into(canvas, box);
  Pixels moving{still.width, still.height, {}};
  append_frame(moving, still, shown_ms(control.delay_ms));
  Pixels before;  // of which a frame asks that it comes back
  for (;;) {
    const int disposal = control.disposal;
    const GifImageDesc drawn = gif->Image;
    if (disposal == DISPOSE_BACKGROUND) clear_frame(drawn, canvas);
    if (disposal == DISPOSE_PREVIOUS && !before.rgba.empty()) canvas = before;
    // What comes next may want back what is there now.
    before = canvas;
    control = {};
    // A damaged rest is left out.
    if (!read_next_frame(*gif, control, canvas)) break;
    if (moving.delays_ms.size() == kMostFrames || moving.rgba.size() + still.rgba.size() > kMostMovingBytes)
      return still;
    append_frame(moving, fit_into(canvas, box), shown_ms(control.delay_ms));
  }
  return moving.delays_ms.size() > 1 ? moving : still;
}

}  // namespace wardroom::client::pictures
