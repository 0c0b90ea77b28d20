#include <cstdlib>
#include <string_view>

#include "client/pictures/decode.hpp"
#include "client/pictures/helper.hpp"
#include "client/pictures/orientation.hpp"
#include "client/pictures/scale.hpp"

// What is ours of showing pictures: any bytes as a picture, as an EXIF segment, and as the answer of a helper
// that a picture has taken over. What comes out fits into its box and has the bytes that its sides say.

using namespace wardroom;
using namespace wardroom::client::pictures;

namespace {

void demand(bool holds) {
  if (!holds) std::abort();
}

void demand_picture(const Pixels& picture, Box box) {
  demand(picture.width > 0 && picture.height > 0 && picture.width <= box.width &&
         picture.height <= box.height);
  demand(picture.rgba.size() == static_cast<std::size_t>(picture.width) *
                                    static_cast<std::size_t>(picture.height) * 4 * picture.frames());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  constexpr Box kFuzzBox{64, 48};
  const int orientation = orientation_of(bytes);
  demand(orientation >= 1 && orientation <= 8);
  if (const auto reply = parse_reply(bytes, kFuzzBox)) demand_picture(*reply, kFuzzBox);
  HelperRequest request;
  if (parse_request(bytes, request)) demand(request.box.width > 0 && request.box.height > 0);
  if (const auto decoded = decode_picture(bytes, kFuzzBox)) {
    demand_picture(*decoded, kFuzzBox);
    demand_picture(turn_upright(*decoded, 6), {kFuzzBox.height, kFuzzBox.width});
    const auto again = parse_reply(compose_reply(*decoded), kFuzzBox);
    demand(again && again->rgba == decoded->rgba);
  }
  return 0;
}
