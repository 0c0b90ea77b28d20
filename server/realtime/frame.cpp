#include "server/realtime/frame.hpp"

namespace wardroom::realtime {

FramePtr make_frame(std::string_view json, Delivery delivery) {
  auto frame = std::make_shared<Frame>();
  frame->delivery = delivery;
  std::string& bytes = frame->bytes;
  bytes.reserve(json.size() + 10);
  const auto put = [&](std::size_t byte) { bytes.push_back(static_cast<char>(byte)); };
  put(0x81);  // FIN, text
  if (json.size() < 126) {
    put(json.size());
  } else if (json.size() <= 0xFFFF) {
    put(126), put(json.size() >> 8), put(json.size() & 0xFF);
  } else {
    put(127);
    for (int shift = 56; shift >= 0; shift -= 8) put(json.size() >> shift & 0xFF);
  }
  bytes.append(json);
  return frame;
}

}  // namespace wardroom::realtime
