#include <array>
#include <cstdint>

#include "client/pictures/decode.hpp"
#include "client/pictures/formats.hpp"
#include "client/pictures/helper.hpp"

namespace wardroom::client::pictures {
namespace {

constexpr std::string_view kRequestMark = "WRPQ";
constexpr std::string_view kPixelsMark = "WRPA";
constexpr std::string_view kLargeMark = "WRPL";  // refused as too large; anything else is broken
constexpr std::size_t kMarkBytes = 4;
constexpr std::size_t kHeadBytes = kMarkBytes + 2 * 4;
constexpr std::size_t kPixelsHeadBytes = kHeadBytes + 4;  // and how many frames move
constexpr int kMostBoxSide = 8192;
constexpr int kMostDelayMs = 60'000;

void append_number(std::string& to, int number) {
  for (int shift = 24; shift >= 0; shift -= 8)
    to.push_back(static_cast<char>((static_cast<std::uint32_t>(number) >> shift) & 0xFF));
}

// -1: more than `most`.
int number_at(std::string_view text, std::size_t at, int most = kMostBoxSide) {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i) number = (number << 8) | static_cast<unsigned char>(text[at + i]);
  return number > static_cast<std::uint32_t>(most) ? -1 : static_cast<int>(number);
}

}  // namespace

std::string compose_request(std::string_view bytes, Box box) {
  std::string request(kRequestMark);
  append_number(request, box.width);
  append_number(request, box.height);
  request += bytes;
  return request;
}

bool parse_request(std::string_view request, HelperRequest& into) {
  if (request.size() < kHeadBytes || !request.starts_with(kRequestMark)) return false;
  into.box = {number_at(request, kMarkBytes), number_at(request, kMarkBytes + 4)};
  into.bytes = request.substr(kHeadBytes);
  return into.box.width > 0 && into.box.height > 0;
}

std::string compose_reply(const Result<Pixels>& decoded) {
  if (!decoded) return std::string(decoded.error().reason == "picture_too_large" ? kLargeMark : "WRPE");
  std::string reply(kPixelsMark);
  reply.reserve(kPixelsHeadBytes + decoded->delays_ms.size() * 4 + decoded->rgba.size());
  append_number(reply, decoded->width);
  append_number(reply, decoded->height);
  append_number(reply, static_cast<int>(decoded->delays_ms.size()));
  for (const int delay : decoded->delays_ms) append_number(reply, delay);
  reply.append(reinterpret_cast<const char*>(decoded->rgba.data()), decoded->rgba.size());
  return reply;
}

// A size that isn't that of the bytes would have the window read beyond them.
Result<Pixels> parse_reply(std::string_view reply, Box box) {
  if (reply == kLargeMark) return check_picture_size(INT32_MAX, INT32_MAX).error();
  if (reply.size() < kPixelsHeadBytes || !reply.starts_with(kPixelsMark)) return broken_picture();
  Pixels picture;
  picture.width = number_at(reply, kMarkBytes);
  picture.height = number_at(reply, kMarkBytes + 4);
  const int moving = number_at(reply, kHeadBytes, static_cast<int>(kMostFrames));
  if (picture.width < 1 || picture.height < 1 || picture.width > box.width || picture.height > box.height ||
      moving < 0)
    return broken_picture();
  reply.remove_prefix(kPixelsHeadBytes);
  if (reply.size() < static_cast<std::size_t>(moving) * 4) return broken_picture();
  for (int i = 0; i < moving; ++i) {
    const int delay = number_at(reply, static_cast<std::size_t>(i) * 4, kMostDelayMs);
    if (delay < 1) return broken_picture();
    picture.delays_ms.push_back(delay);
  }
  reply.remove_prefix(static_cast<std::size_t>(moving) * 4);
  const std::size_t bytes = static_cast<std::size_t>(picture.width) *
                            static_cast<std::size_t>(picture.height) * 4 * picture.frames();
  if (reply.size() != bytes || (moving > 0 && bytes > kMostMovingBytes)) return broken_picture();
  const auto* first = reinterpret_cast<const std::uint8_t*>(reply.data());
  picture.rgba.assign(first, first + reply.size());
  return picture;
}

}  // namespace wardroom::client::pictures
