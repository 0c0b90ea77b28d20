#include "client/pictures/decode.hpp"

#include <catch2/catch.hpp>

#include "client/pictures/orientation.hpp"
#include "client/pictures/scale.hpp"
#include "tests/unit/client_pictures/samples.hpp"

using namespace wardroom;
using namespace wardroom::client::pictures;
using namespace wardroom::client::pictures::test;

namespace {

constexpr Box kBox{100, 100};

// "red", "blue" or what else: JPEG doesn't keep colours to the bit.
std::string colour_at(const Pixels& picture, int x, int y) {
  const auto* at = picture.rgba.data() + (static_cast<std::size_t>(y) * picture.width + x) * 4;
  if (at[3] < 250) return "transparent";
  if (at[0] > 200 && at[2] < 60) return "red";
  if (at[2] > 200 && at[0] < 60) return "blue";
  return "other";
}

void check_sides(const Result<Pixels>& decoded, int width, int height) {
  REQUIRE(decoded);
  CHECK(decoded->width == width);
  CHECK(decoded->height == height);
  CHECK(decoded->rgba.size() == static_cast<std::size_t>(width) * height * 4);
  CHECK(colour_at(*decoded, width / 8, height / 2) == "red");
  CHECK(colour_at(*decoded, width - 1 - width / 8, height / 2) == "blue");
}

}  // namespace

TEST_CASE("PNG, JPEG and WebP are decoded as they are, and made to fit where they are larger") {
  const auto small = red_and_blue(40, 20);
  check_sides(decode_picture(as_png(small), kBox), 40, 20);
  check_sides(decode_picture(as_jpeg(small), kBox), 40, 20);
  check_sides(decode_picture(as_webp(small), kBox), 40, 20);
  const auto large = red_and_blue(1'000, 500);
  check_sides(decode_picture(as_png(large), kBox), 100, 50);
  check_sides(decode_picture(as_jpeg(large), kBox), 100, 50);
  check_sides(decode_picture(as_webp(large), kBox), 100, 50);
  // Very long and thin: never nothing at all.
  const auto line = decode_picture(as_png(red_and_blue(2'000, 2)), kBox);
  REQUIRE(line);
  CHECK(line->width == 100);
  CHECK(line->height == 1);
}

TEST_CASE("a GIF's first frame is decoded, with what isn't drawn left out") {
  const auto black = decode_picture(one_pixel_gif(false), kBox);
  REQUIRE(black);
  CHECK(black->rgba == std::vector<std::uint8_t>{0, 0, 0, 255});
  const auto nothing = decode_picture(one_pixel_gif(true), kBox);
  REQUIRE(nothing);
  CHECK(nothing->rgba == std::vector<std::uint8_t>{0, 0, 0, 0});
}

TEST_CASE("a GIF that moves has its frames and their times; what is cut off of it stands still") {
  const auto moving = decode_picture(moving_gif(), kBox);
  REQUIRE(moving);
  CHECK(moving->delays_ms == std::vector<int>{100, 500});
  CHECK(moving->frames() == 2);
  CHECK(moving->rgba == std::vector<std::uint8_t>{0, 0, 0, 255, 255, 255, 255, 255});
  const auto cut = decode_picture(moving_gif().substr(0, 45), kBox);
  REQUIRE(cut);
  CHECK(cut->delays_ms.empty());
  CHECK(cut->rgba == std::vector<std::uint8_t>{0, 0, 0, 255});
}

TEST_CASE("a photograph stands upright, however the camera was held") {
  const auto turned = decode_picture(as_jpeg(red_and_blue(40, 20), 6), kBox);
  REQUIRE(turned);
  CHECK(turned->width == 20);
  CHECK(turned->height == 40);
  CHECK(colour_at(*turned, 10, 4) == "red");
  CHECK(colour_at(*turned, 10, 35) == "blue");
  const auto over = decode_picture(as_jpeg(red_and_blue(40, 20), 3), kBox);
  REQUIRE(over);
  CHECK(colour_at(*over, 4, 10) == "blue");
}

TEST_CASE("each way of holding a camera is undone: no pixel is lost, and twice a mirror is none") {
  Pixels picture{3, 2, {}};
  for (int i = 0; i < 6; ++i)
    for (const int value : {i, 0, 0, 255}) picture.rgba.push_back(static_cast<std::uint8_t>(value));
  const auto reds = [](const Pixels& one) {
    std::vector<int> found;
    for (std::size_t i = 0; i < one.rgba.size(); i += 4) found.push_back(one.rgba[i]);
    return found;
  };
  using Reds = std::vector<int>;
  CHECK(reds(turn_upright(picture, 1)) == Reds{0, 1, 2, 3, 4, 5});
  CHECK(reds(turn_upright(picture, 2)) == Reds{2, 1, 0, 5, 4, 3});
  CHECK(reds(turn_upright(picture, 3)) == Reds{5, 4, 3, 2, 1, 0});
  CHECK(reds(turn_upright(picture, 4)) == Reds{3, 4, 5, 0, 1, 2});
  CHECK(reds(turn_upright(picture, 5)) == Reds{0, 3, 1, 4, 2, 5});
  CHECK(reds(turn_upright(picture, 6)) == Reds{3, 0, 4, 1, 5, 2});
  CHECK(reds(turn_upright(picture, 7)) == Reds{5, 2, 4, 1, 3, 0});
  CHECK(reds(turn_upright(picture, 8)) == Reds{2, 5, 1, 4, 0, 3});
  CHECK(reds(turn_upright(picture, 9)) == Reds{0, 1, 2, 3, 4, 5});
  CHECK(turn_upright(picture, 6).width == 2);
}

TEST_CASE("what a picture says of its size is refused before there is room made for it") {
  const auto small = red_and_blue(40, 20);
  for (const auto& bytes :
       {claim_png_size(as_png(small), 29'999, 29'999), claim_jpeg_size(as_jpeg(small), 65'000, 65'000)}) {
    const auto decoded = decode_picture(bytes, kBox);
    REQUIRE_FALSE(decoded);
    CHECK(decoded.error().reason == "picture_too_large");
  }
  auto gif = one_pixel_gif(false);
  gif.replace(6, 4, "\xFF\xFF\xFF\xFF");
  const auto decoded = decode_picture(gif, kBox);
  REQUIRE_FALSE(decoded);
  CHECK(decoded.error().reason == "picture_too_large");
}

TEST_CASE("damaged, cut off or something else: refused, or decoded as far as the library goes, and no harm") {
  const auto small = red_and_blue(9, 7);
  for (const auto& whole : {as_png(small), as_jpeg(small, 6), as_webp(small), one_pixel_gif(true)}) {
    for (std::size_t length = 0; length < whole.size(); ++length)
      static_cast<void>(decode_picture(whole.substr(0, length), kBox));
    for (std::size_t at = 0; at < whole.size(); ++at) {
      auto damaged = whole;
      damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
      const auto decoded = decode_picture(damaged, kBox);
      if (!decoded) continue;
      CHECK(decoded->width <= kBox.width);
      CHECK(decoded->height <= kBox.height);
    }
  }
  CHECK(decode_picture("", kBox).error().reason == "picture_broken");
  CHECK(decode_picture("<svg xmlns=\"http://www.w3.org/2000/svg\"/>", kBox).error().reason ==
        "picture_broken");
}

TEST_CASE("a mean goes by how opaque its pixels are: nothing shines through that can't be seen") {
  // One opaque red beside a transparent green.
  const Pixels two{2, 1, {255, 0, 0, 255, 0, 255, 0, 0}};
  const auto one = fit_into(two, {1, 1});
  CHECK(one.rgba == std::vector<std::uint8_t>{255, 0, 0, 128});
}

TEST_CASE("how the camera was held is read in both orders of bytes, and nothing beyond the segment") {
  const std::string little("Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0", 28);
  const std::string big("Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x08\0\0", 28);
  CHECK(orientation_of(little) == 6);
  CHECK(orientation_of(big) == 8);
  for (std::size_t length = 0; length < little.size() - 4; ++length)
    CHECK(orientation_of(std::string_view(little).substr(0, length)) == 1);
  auto nonsense = little;
  nonsense[24] = '\x2A';
  CHECK(orientation_of(nonsense) == 1);
  // The directory is said to be far away.
  nonsense.replace(10, 4, "\xFF\xFF\xFF\xFF");
  CHECK(orientation_of(nonsense) == 1);
}
