#pragma once

#include <functional>
#include <mutex>
#include <vector>

namespace wardroom {

// What other threads hand over to the window's thread, in the order in which it came.
class Inbox {
 public:
  // `wake` is called after each post, on the posting thread: it makes the window take a turn soon.
  explicit Inbox(std::function<void()> wake) : wake_(std::move(wake)) {}

  // Any thread.
  void post(std::function<void()> job);
  // The window's thread: runs what came up to now. False: there was nothing.
  bool drain();

 private:
  std::function<void()> wake_;
  std::mutex mutex_;
  std::vector<std::function<void()>> jobs_;
};

}  // namespace wardroom
