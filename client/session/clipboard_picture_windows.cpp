#include "client/session/clipboard_picture.hpp"

#include <chrono>
#include <cstdint>
#include <png.h>
#include <thread>
#include <vector>

#include "common/base/windows_api.hpp"

namespace wardroom::client {
namespace {

constexpr std::chrono::seconds kClipboardPatience{5};
constexpr std::chrono::milliseconds kClipboardLook{50};
constexpr std::size_t kMostPictureBytes = 64 * 1024 * 1024;
constexpr LONG kMostPictureSide = 16384;

Error no_picture() {
  return conflict("no_picture", "There is nothing in the clipboard that can be pasted here.");
}

Error too_large_picture() {
  return conflict("picture_too_large", "The picture in the clipboard is too large. Save it as a file first.");
}

// The clipboard is one program's at a time; who has it lets it go soon.
class OpenClipboardScope {
 public:
  explicit OpenClipboardScope(const std::function<bool()>& is_stopping) {
    const auto end = std::chrono::steady_clock::now() + kClipboardPatience;
    while (!(open_ = OpenClipboard(nullptr) != 0) && !is_stopping() && std::chrono::steady_clock::now() < end)
      std::this_thread::sleep_for(kClipboardLook);
  }
  ~OpenClipboardScope() {
    if (open_) CloseClipboard();
  }
  OpenClipboardScope(const OpenClipboardScope&) = delete;
  OpenClipboardScope& operator=(const OpenClipboardScope&) = delete;
  bool is_open() const { return open_; }

 private:
  bool open_ = false;
};

// What browsers and paint programs put there beside the bitmap: with its transparency, and packed already.
Result<std::string> take_png() {
  const HANDLE data = GetClipboardData(RegisterClipboardFormatW(L"PNG"));
  const void* bytes = data ? GlobalLock(data) : nullptr;
  if (!bytes) return no_picture();
  const std::size_t size = GlobalSize(data);
  auto taken = size > kMostPictureBytes
                   ? Result<std::string>(too_large_picture())
                   : Result<std::string>(std::string(static_cast<const char*>(bytes), size));
  GlobalUnlock(data);
  return taken;
}

Result<std::string> encode_png(const std::vector<std::uint8_t>& bgr, LONG width, LONG height, int stride) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(width);
  image.height = static_cast<png_uint_32>(height);
  image.format = PNG_FORMAT_BGR;
  png_alloc_size_t size = 0;
  if (!png_image_write_to_memory(&image, nullptr, &size, 0, bgr.data(), stride, nullptr)) return no_picture();
  if (size > kMostPictureBytes) return too_large_picture();
  std::string png(size, '\0');
  if (!png_image_write_to_memory(&image, png.data(), &size, 0, bgr.data(), stride, nullptr))
    return no_picture();
  png.resize(size);
  return png;
}

// What a picture of the screen is. Windows makes it of every kind of bitmap that there is.
Result<std::string> take_bitmap() {
  const auto bitmap = static_cast<HBITMAP>(GetClipboardData(CF_BITMAP));
  BITMAP about{};
  if (!bitmap || GetObjectW(bitmap, sizeof about, &about) == 0 || about.bmWidth < 1 || about.bmHeight < 1)
    return no_picture();
  if (about.bmWidth > kMostPictureSide || about.bmHeight > kMostPictureSide) return too_large_picture();
  BITMAPINFO wanted{};
  wanted.bmiHeader.biSize = sizeof wanted.bmiHeader;
  wanted.bmiHeader.biWidth = about.bmWidth;
  wanted.bmiHeader.biHeight = -about.bmHeight;  // the first row first
  wanted.bmiHeader.biPlanes = 1;
  wanted.bmiHeader.biBitCount = 24;
  wanted.bmiHeader.biCompression = BI_RGB;
  const int stride = static_cast<int>((about.bmWidth * 3 + 3) / 4 * 4);
  std::vector<std::uint8_t> pixels(static_cast<std::size_t>(stride) *
                                   static_cast<std::size_t>(about.bmHeight));
  const HDC screen = GetDC(nullptr);
  const int rows =
      GetDIBits(screen, bitmap, 0, static_cast<UINT>(about.bmHeight), pixels.data(), &wanted, DIB_RGB_COLORS);
  ReleaseDC(nullptr, screen);
  if (rows != about.bmHeight) return no_picture();
  return encode_png(pixels, about.bmWidth, about.bmHeight, stride);
}

}  // namespace

Result<std::string> take_clipboard_picture(const std::function<bool()>& is_stopping) {
  const OpenClipboardScope clipboard(is_stopping);
  if (!clipboard.is_open()) return no_picture();
  auto png = take_png();
  if (png || png.error().reason == "picture_too_large") return png;
  return take_bitmap();
}

}  // namespace wardroom::client
