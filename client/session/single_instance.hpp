#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "common/base/result.hpp"

namespace wardroom::client {

// One program a profile: two would write one cache and answer for one device. Holds a lock file, and
// listens for what a second start hands over, where only the person's own programs reach it.
class SingleInstance {
 public:
  // Nothing: another program has the profile; it was given `message` (an invite link, or empty: show
  // yourself). An error: the directory can't be used, or the other program doesn't answer.
  static Result<std::unique_ptr<SingleInstance>> claim(const std::filesystem::path& directory,
                                                       const std::string& message);
  virtual ~SingleInstance() = default;
  SingleInstance(const SingleInstance&) = delete;
  SingleInstance& operator=(const SingleInstance&) = delete;

  // `received` runs on a thread of its own until the end of this object.
  virtual void listen(std::function<void(std::string)> received) = 0;

 protected:
  SingleInstance() = default;
};

}  // namespace wardroom::client
