#include "client/pictures/decode.hpp"

#include "client/pictures/formats.hpp"
#include "client/pictures/scale.hpp"

namespace wardroom::client::pictures {

Error broken_picture() {
  return make_error(ErrorCode::params,
                    "This picture is damaged or of a kind that isn't shown. Save it to look at it.",
                    "picture_broken");
}

Result<void> check_picture_size(std::int64_t width, std::int64_t height) {
  if (width < 1 || height < 1) return broken_picture();
  if (width > kMostSide || height > kMostSide || width * height > kMostPixels)
    return make_error(ErrorCode::params, "This picture is too large to be shown here. Save it to look at it.",
                      "picture_too_large");
  return ok();
}

Result<Pixels> decode_picture(std::string_view bytes, Box box) {
  using namespace std::string_view_literals;
  auto decoded = [&]() -> Result<Pixels> {
    if (bytes.starts_with("\x89PNG\r\n\x1A\n"sv)) return decode_png(bytes);
    if (bytes.starts_with("\xFF\xD8\xFF"sv)) return decode_jpeg(bytes, box);
    if (bytes.starts_with("GIF87a"sv) || bytes.starts_with("GIF89a"sv)) return decode_gif(bytes, box);
    if (bytes.starts_with("RIFF"sv) && bytes.size() >= 12 && bytes.substr(8, 4) == "WEBP"sv)
      return decode_webp(bytes);
    return broken_picture();
  }();
  if (!decoded || !decoded->delays_ms.empty()) return decoded;
  return fit_into(std::move(*decoded), box);
}

}  // namespace wardroom::client::pictures
