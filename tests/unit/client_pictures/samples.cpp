#include "tests/unit/client_pictures/samples.hpp"

#include <cstdio>
#include <cstdlib>
#include <jpeglib.h>
#include <png.h>

#include <webp/encode.h>

namespace wardroom::client::pictures::test {
namespace {

std::string big_endian(unsigned number, int bytes) {
  std::string text;
  for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8)
    text.push_back(static_cast<char>((number >> shift) & 0xFF));
  return text;
}

// RFC 2083, appendix 15.
unsigned crc_of(const std::string& text) {
  unsigned crc = 0xFFFFFFFFU;
  for (const char c : text) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = (crc & 1U) != 0 ? 0xEDB88320U ^ (crc >> 1) : crc >> 1;
  }
  return ~crc;
}

// One entry, little endian.
std::string exif_with(int orientation) {
  std::string exif("Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0", 24);
  exif.push_back(static_cast<char>(orientation));
  return exif + std::string(7, '\0');
}

}  // namespace

Pixels red_and_blue(int width, int height) {
  Pixels picture{width, height, {}};
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const bool left = x < width / 2;
      for (const int value : {left ? 255 : 0, 0, left ? 0 : 255, 255})
        picture.rgba.push_back(static_cast<std::uint8_t>(value));
    }
  return picture;
}

std::string as_png(const Pixels& picture) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(picture.width);
  image.height = static_cast<png_uint_32>(picture.height);
  image.format = PNG_FORMAT_RGBA;
  png_alloc_size_t size = 0;
  if (png_image_write_to_memory(&image, nullptr, &size, 0, picture.rgba.data(), 0, nullptr) == 0)
    std::abort();
  std::string png(size, '\0');
  if (png_image_write_to_memory(&image, png.data(), &size, 0, picture.rgba.data(), 0, nullptr) == 0)
    std::abort();
  png.resize(size);
  return png;
}

std::string as_jpeg(const Pixels& picture, int orientation) {
  jpeg_compress_struct info{};
  jpeg_error_mgr errors{};
  info.err = jpeg_std_error(&errors);
  jpeg_CreateCompress(&info, JPEG_LIB_VERSION, sizeof(jpeg_compress_struct));
  unsigned char* bytes = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&info, &bytes, &size);
  info.image_width = static_cast<JDIMENSION>(picture.width);
  info.image_height = static_cast<JDIMENSION>(picture.height);
  info.input_components = 4;
  info.in_color_space = JCS_EXT_RGBA;
  jpeg_set_defaults(&info);
  jpeg_set_quality(&info, 95, TRUE);
  jpeg_start_compress(&info, TRUE);
  if (orientation != 0) {
    const std::string exif = exif_with(orientation);
    jpeg_write_marker(&info, JPEG_APP0 + 1, reinterpret_cast<const JOCTET*>(exif.data()),
                      static_cast<unsigned>(exif.size()));
  }
  const std::size_t row = static_cast<std::size_t>(picture.width) * 4;
  while (info.next_scanline < info.image_height) {
    std::string line(reinterpret_cast<const char*>(picture.rgba.data()) + row * info.next_scanline, row);
    auto* begin = reinterpret_cast<JSAMPROW>(line.data());
    jpeg_write_scanlines(&info, &begin, 1);
  }
  jpeg_finish_compress(&info);
  std::string jpeg(reinterpret_cast<const char*>(bytes), size);
  jpeg_destroy_compress(&info);
  std::free(bytes);
  return jpeg;
}

std::string as_webp(const Pixels& picture) {
  std::uint8_t* bytes = nullptr;
  const std::size_t size =
      WebPEncodeLosslessRGBA(picture.rgba.data(), picture.width, picture.height, picture.width * 4, &bytes);
  std::string webp(reinterpret_cast<const char*>(bytes), size);
  WebPFree(bytes);
  return webp;
}

std::string one_pixel_gif(bool transparent) {
  std::string gif(
      "GIF89a\x01\0\x01\0\x80\0\0"  // one by one, two colours
      "\0\0\0\xFF\xFF\xFF"
      "\x21\xF9\x04\x01\0\0\0\0"  // the first of them isn't drawn
      "\x2C\0\0\0\0\x01\0\x01\0\0"
      "\x02\x01\x44\0\x3B",
      42);
  if (!transparent) gif[22] = '\0';
  return gif;
}

std::string moving_gif() {
  const std::string head = one_pixel_gif(false).substr(0, 19);
  const std::string place("\x2C\0\0\0\0\x01\0\x01\0\0", 10);
  const std::string black =
      std::string("\x21\xF9\x04\0\x0A\0\0\0", 8) + place + std::string("\x02\x02\x44\x01\0", 5);
  const std::string white =
      std::string("\x21\xF9\x04\0\x32\0\0\0", 8) + place + std::string("\x02\x02\x4C\x01\0", 5);
  return head + black + white + ";";
}

std::string claim_png_size(std::string png, unsigned width, unsigned height) {
  // Behind the signature: the chunk's length, its name, both sides; the sum of name and contents at its end.
  constexpr std::size_t kName = 12, kSides = 16, kSum = 29;
  png.replace(kSides, 8, big_endian(width, 4) + big_endian(height, 4));
  png.replace(kSum, 4, big_endian(crc_of(png.substr(kName, kSum - kName)), 4));
  return png;
}

std::string claim_jpeg_size(std::string jpeg, unsigned width, unsigned height) {
  const auto frame = jpeg.find("\xFF\xC0");
  if (frame == std::string::npos) std::abort();
  jpeg.replace(frame + 5, 4, big_endian(height, 2) + big_endian(width, 2));
  return jpeg;
}

}  // namespace wardroom::client::pictures::test
