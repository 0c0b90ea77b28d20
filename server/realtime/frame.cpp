#include "server/realtime/frame.hpp"

#include "protocol/websocket.hpp"

namespace wardroom::realtime {

FramePtr make_frame(std::string_view json, Delivery delivery) {
  auto frame = std::make_shared<Frame>();
  frame->delivery = delivery;
  frame->bytes.reserve(json.size() + protocol::kMaxFrameHeader);
  protocol::append_frame(frame->bytes, protocol::Opcode::text, json);
  return frame;
}

}  // namespace wardroom::realtime
