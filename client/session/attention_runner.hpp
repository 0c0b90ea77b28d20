#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>

#include "client/session/attention_port.hpp"
#include "client/session/dictionaries.hpp"
#include "common/base/inbox.hpp"
#include "common/desk/session/job_thread.hpp"

namespace wardroom::client {

// The desktop around the window. Empty where there is none: then nothing is shown beside the window, nobody
// but the person starts the program, and no spelling is checked.
struct Surroundings {
  std::function<std::unique_ptr<AttentionPort>(AttentionPort::Tell)> open;
  std::string profile;
  std::function<std::unique_ptr<Dictionaries>()> dictionaries{};
};

// What the model asks of the desktop around the window: by the port, and, for starting with the session, by a
// thread for its file. Lives on the window's thread.
class AttentionRunner {
 public:
  // `inbox` outlives it. `event` folds into the model.
  AttentionRunner(Inbox& inbox, std::function<void(Event)> event, const Surroundings& surroundings);

  void run(const Notify& effect);
  void run(const WithdrawNotification& effect);
  void run(const ShowTray& effect);
  void run(const WatchIdle& effect);
  void run(const ChangeAutostart& effect);

 private:
  void tell(Event event);
  void tell_autostart(std::string error);

  Inbox& inbox_;
  const std::function<void(Event)> event_;
  const std::string profile_;
  // Told and not yet folded in. What a desktop tells in excess is passed over.
  std::atomic<int> untaken_{0};
  std::unique_ptr<AttentionPort> port_;  // may be none
  desk::JobThread files_;
};

}  // namespace wardroom::client
