#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "server/realtime/frame.hpp"

namespace wardroom::net {

// What one connection has still to send. Its duties:
//   1. Keep frames in the order in which they came, as pointers: one event in a thousand queues is one text.
//   2. Count bytes. The frame in front isn't part of the backlog: one large answer is no offence of a reader
//      that keeps up.
//   3. Drop an ephemeral frame when the backlog is over its limit; never drop a durable one.
//   4. Copy the next bytes out for one TLS record, and forget them only when they are written.
//   5. Let go of what hasn't started when the connection closes, but finish the frame that has: a close frame
//      in the middle of another frame would be noise.
//   6. Hold no memory when empty.
// Lives on one network thread.
class SendQueue {
 public:
  bool empty() const { return head_ == frames_.size(); }
  // Bytes queued behind the frame in front.
  std::size_t backlog() const;
  std::size_t bytes() const { return bytes_; }

  void push(realtime::FramePtr frame);

  // Copies the next bytes into `out` and returns how many. Until consume() the same call gives the same
  // bytes, or the same and more: what OpenSSL demands when a write is repeated (SSL_write(3)).
  std::size_t copy_front(std::span<char> out) const;
  // The first `bytes` are written. Returns how many frames that completed.
  std::size_t consume(std::size_t bytes);
  // Drops the frames of which nothing was written; the first `offered` bytes were handed to OpenSSL and stay
  // too.
  void drop_unstarted(std::size_t offered);

 private:
  std::vector<realtime::FramePtr> frames_;
  std::size_t head_ = 0;    // index of the frame in front
  std::size_t offset_ = 0;  // bytes of it that are written
  std::size_t bytes_ = 0;   // still to be written
};

}  // namespace wardroom::net
