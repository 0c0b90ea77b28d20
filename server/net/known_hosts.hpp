#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace wardroom::net {

// What the office is reached by, as Options::hosts says at the start and a reload afterwards. Any thread.
class KnownHosts {
 public:
  using List = std::vector<std::string>;
  explicit KnownHosts(List hosts) : hosts_(std::make_shared<const List>(std::move(hosts))) {}

  std::shared_ptr<const List> get() const {
    const std::lock_guard lock(mutex_);
    return hosts_;
  }
  void set(List hosts) {
    auto made = std::make_shared<const List>(std::move(hosts));
    const std::lock_guard lock(mutex_);
    hosts_.swap(made);
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const List> hosts_;
};

}  // namespace wardroom::net
