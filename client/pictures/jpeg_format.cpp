#include <csetjmp>
#include <cstdio>
#include <jpeglib.h>
#include <string>

#include "client/pictures/formats.hpp"
#include "client/pictures/orientation.hpp"
#include "client/pictures/scale.hpp"

namespace wardroom::client::pictures {
namespace {

constexpr unsigned kMostExifBytes = 0xFFFF;

// libjpeg leaves its own functions by longjmp, over whatever is on the stack: the steps hold nothing that
// needs a destructor, and setjmp stands in a function without variables.
struct JpegReader {
  jpeg_decompress_struct info{};
  jpeg_error_mgr errors{};
  std::jmp_buf back{};
  std::string_view bytes;
  Box box;
  int orientation = 1;
  std::uint8_t* to = nullptr;  // room for all rows
};

void leave_jpeg(j_common_ptr info) {
  std::longjmp(static_cast<JpegReader*>(info->client_data)->back, 1);
}

void say_nothing(j_common_ptr) {}

// The box is for the upright picture, which may lie on its side here.
unsigned find_denominator(const JpegReader& reader) {
  const auto side =
      static_cast<unsigned>(reader.box.width > reader.box.height ? reader.box.width : reader.box.height);
  unsigned denominator = 1;
  while (denominator < 8 && reader.info.image_width / (denominator * 2) >= side &&
         reader.info.image_height / (denominator * 2) >= side)
    denominator *= 2;
  return denominator;
}

// Up to where the size is known.
[[gnu::noinline]] bool begin_jpeg(JpegReader& reader) {
  jpeg_CreateDecompress(&reader.info, JPEG_LIB_VERSION, sizeof(jpeg_decompress_struct));
  jpeg_mem_src(&reader.info, reinterpret_cast<const unsigned char*>(reader.bytes.data()),
               static_cast<unsigned long>(reader.bytes.size()));
  jpeg_save_markers(&reader.info, JPEG_APP0 + 1, kMostExifBytes);
  if (jpeg_read_header(&reader.info, TRUE) != JPEG_HEADER_OK) return false;
  for (const auto* marker = reader.info.marker_list; marker; marker = marker->next)
    if (marker->marker == JPEG_APP0 + 1 && reader.orientation == 1)
      reader.orientation = orientation_of({reinterpret_cast<const char*>(marker->data), marker->data_length});
  reader.info.out_color_space = JCS_EXT_RGBA;
  reader.info.scale_num = 1;
  reader.info.scale_denom = find_denominator(reader);
  jpeg_calc_output_dimensions(&reader.info);
  return true;
}

[[gnu::noinline]] bool read_jpeg(JpegReader& reader) {
  if (jpeg_start_decompress(&reader.info) == FALSE) return false;
  const std::size_t row = static_cast<std::size_t>(reader.info.output_width) * 4;
  while (reader.info.output_scanline < reader.info.output_height) {
    JSAMPROW line = reader.to + row * reader.info.output_scanline;
    if (jpeg_read_scanlines(&reader.info, &line, 1) != 1) return false;
  }
  return true;
}

// False also when libjpeg left the step.
[[gnu::noinline]] bool guard_jpeg(JpegReader& reader, bool (*step)(JpegReader&)) {
  if (setjmp(reader.back) != 0) return false;
  return step(reader);
}

}  // namespace

Result<Pixels> decode_jpeg(std::string_view bytes, Box box) {
  JpegReader reader;
  reader.info.err = jpeg_std_error(&reader.errors);
  reader.errors.error_exit = leave_jpeg;
  reader.errors.output_message = say_nothing;
  reader.info.client_data = &reader;
  reader.bytes = bytes;
  reader.box = box;
  const auto done = [&reader](Result<Pixels> result) {
    jpeg_destroy_decompress(&reader.info);
    return result;
  };
  if (!guard_jpeg(reader, begin_jpeg)) return done(broken_picture());
  if (auto checked = check_picture_size(reader.info.image_width, reader.info.image_height); !checked)
    return done(checked.error());
  Pixels picture{static_cast<int>(reader.info.output_width), static_cast<int>(reader.info.output_height),
                 std::vector<std::uint8_t>(static_cast<std::size_t>(reader.info.output_width) *
                                           reader.info.output_height * 4)};
  reader.to = picture.rgba.data();
  if (!guard_jpeg(reader, read_jpeg)) return done(broken_picture());
  return done(turn_upright(std::move(picture), reader.orientation));
}

}  // namespace wardroom::client::pictures
