#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "common/base/result.hpp"

namespace wardroom::client {

// One program a profile: two would write one cache and answer for one device. Holds a lock file, and listens
// on a local socket in the profile's private directory for what a second start hands over.
class SingleInstance {
 public:
  // Nothing: another program has the profile; it was given `message` (an invite link, or empty: show
  // yourself). An error: the directory can't be used, or the other program doesn't answer.
  static Result<std::unique_ptr<SingleInstance>> claim(const std::filesystem::path& directory,
                                                       const std::string& message);
  ~SingleInstance();
  SingleInstance(const SingleInstance&) = delete;
  SingleInstance& operator=(const SingleInstance&) = delete;

  // `received` runs on a thread of its own until the end of this object.
  void listen(std::function<void(std::string)> received);

 private:
  explicit SingleInstance(int lock) : lock_(lock) {}
  void serve(const std::function<void(std::string)>& received);

  int lock_;
  int socket_ = -1;
  int stop_[2] = {-1, -1};
  std::filesystem::path socket_path_;
  std::thread thread_;
};

}  // namespace wardroom::client
