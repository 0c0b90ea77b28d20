#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include <sdbus-c++/sdbus-c++.h>

namespace wardroom::test {

// What a desktop has on the session bus, as far as a client sees it: notifications with a reply field, a
// tray, GNOME's monitor of idle time. Says what it is asked for, a line each, and does what a person's hands
// would.
class FakeDesktop {
 public:
  struct Shown {
    std::string title;
    std::string body;
    std::vector<std::string> actions;
    bool sound = false;
  };

  // `said` runs on the bus's thread.
  explicit FakeDesktop(std::function<void(const std::string&)> said);
  ~FakeDesktop();

  // What is shown now, by its number.
  std::map<std::uint32_t, Shown> shown() const;
  void press(std::uint32_t id);
  void reply(std::uint32_t id, const std::string& text);
  void dismiss(std::uint32_t id);
  void sit_idle(std::uint64_t ms);
  // Of the item that registered last; empty: none did.
  std::string tray_item() const;
  std::string tray_title();
  std::size_t tray_pictures();
  void press_tray();
  void choose_in_menu(std::int32_t id);
  std::vector<std::string> menu();
  // The panel that shows icons ends, and comes back.
  void show_tray(bool shown);

 private:
  void serve_notifications();
  void serve_tray();
  void serve_idle();
  std::uint32_t take(std::uint32_t replaces, Shown shown);
  std::unique_ptr<sdbus::IProxy> item(const char* path);

  const std::function<void(const std::string&)> said_;
  std::unique_ptr<sdbus::IConnection> bus_;
  std::unique_ptr<sdbus::IObject> notifications_;
  std::unique_ptr<sdbus::IObject> watcher_;
  std::unique_ptr<sdbus::IObject> monitor_;

  mutable std::mutex mutex_;
  std::map<std::uint32_t, Shown> shown_;
  std::uint32_t last_ = 0;
  std::string item_;
  std::uint64_t idle_ms_ = 0;
  bool has_panel_ = true;
};

}  // namespace wardroom::test
