#include "server/net/send_queue.hpp"

#include <algorithm>
#include <cassert>
#include <cstring>

namespace wardroom::net {
namespace {

// A queue that grew beyond this gives its memory back when it runs empty; below, keeping it saves an
// allocation a flush. Four pointers cost less than the allocator's own overhead.
constexpr std::size_t kKeptCapacity = 4;

}  // namespace

std::size_t SendQueue::backlog() const {
  return empty() ? 0 : bytes_ - (frames_[head_]->bytes.size() - offset_);
}

void SendQueue::push(realtime::FramePtr frame) {
  assert(!frame->bytes.empty());
  bytes_ += frame->bytes.size();
  frames_.push_back(std::move(frame));
}

std::size_t SendQueue::copy_front(std::span<char> out) const {
  std::size_t copied = 0;
  std::size_t offset = offset_;
  for (std::size_t i = head_; i < frames_.size() && copied < out.size(); ++i) {
    const std::string& bytes = frames_[i]->bytes;
    const std::size_t taken = std::min(bytes.size() - offset, out.size() - copied);
    std::memcpy(out.data() + copied, bytes.data() + offset, taken);
    copied += taken;
    offset = 0;
  }
  return copied;
}

std::size_t SendQueue::consume(std::size_t bytes) {
  assert(bytes <= bytes_);
  bytes_ -= bytes;
  std::size_t completed = 0;
  while (bytes > 0) {
    const std::size_t left = frames_[head_]->bytes.size() - offset_;
    if (bytes < left) {
      offset_ += bytes;
      break;
    }
    bytes -= left;
    offset_ = 0;
    frames_[head_++].reset();
    ++completed;
  }
  if (empty()) {
    head_ = 0;
    frames_.clear();
    if (frames_.capacity() > kKeptCapacity) frames_ = {};
  } else if (head_ > 64 && head_ > frames_.size() / 2) {
    frames_.erase(frames_.begin(), frames_.begin() + static_cast<std::ptrdiff_t>(head_));
    head_ = 0;
  }
  return completed;
}

void SendQueue::drop_unstarted(std::size_t offered) {
  std::size_t kept = head_;
  std::size_t bytes = 0;
  std::size_t started = offset_ + offered;  // counted from the start of the frame in front
  while (kept < frames_.size() && bytes < started) bytes += frames_[kept++]->bytes.size();
  bytes_ = kept == head_ ? 0 : bytes - offset_;
  frames_.resize(kept);
  if (empty()) {
    head_ = 0;
    frames_ = {};
  }
}

}  // namespace wardroom::net
