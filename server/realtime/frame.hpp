#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace wardroom::realtime {

// What becomes of a frame when its reader is slow (over 16 KiB queued): a durable one waits, an ephemeral one
// (typing, presence) is dropped.
enum class Delivery { durable, ephemeral };

// One server-to-client WebSocket text frame (RFC 6455 section 5.2: header, then the JSON text), encoded once
// and shared by every connection that it is queued on. Immutable after construction; any thread.
struct Frame {
  std::string bytes;
  Delivery delivery = Delivery::durable;
};
using FramePtr = std::shared_ptr<const Frame>;

// `json` is a whole JSON-RPC text.
FramePtr make_frame(std::string_view json, Delivery delivery = Delivery::durable);

}  // namespace wardroom::realtime
