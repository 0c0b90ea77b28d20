#pragma once

#include <filesystem>
#include <memory>
#include <string_view>

#include "common/base/elapsed_clock.hpp"
#include "common/base/inbox.hpp"
#include "common/desk/app/options.hpp"
#include "common/desk/model/tick.hpp"
#include "common/ui/window.hpp"
#include "protocol/types.hpp"

namespace wardroom::desk {

std::string_view version();
// How this PC introduces itself to a server: its name, the program's, and the key that the profile keeps.
protocol::Device load_device(const About& about, const std::filesystem::path& profile);
// Says why the program ends. Its exit status.
int fail(const About& about, const Error& error);

// What a desktop program runs in: its window, with the inbox that wakes it, its title, and the picture that
// the command line may ask for. Outlives whoever posts into the inbox. The window's thread.
class Shell {
 public:
  // The window stands where it stood when the profile was last used, unless the command line says otherwise.
  static Result<std::unique_ptr<Shell>> open(const About& about, const Options& options,
                                             const std::filesystem::path& profile);

  // Until the window is closed. The exit status.
  int run(const ui::WindowProgram& program);

  ui::Window& window() { return *window_; }
  Inbox& inbox() { return inbox_; }
  Tick tick() const { return {elapsed_.now(), clock_.now()}; }
  void set_title(std::string title);
  // If the command line asks for it: writes the first complete frame and ends.
  void take_screenshot();

 private:
  Shell(const About& about, const Options& options, std::filesystem::path place_file,
        std::unique_ptr<ui::Window> window);

  const About about_;
  const std::filesystem::path screenshot_;
  const std::filesystem::path place_file_;  // empty: the window's place isn't kept
  SystemClock clock_;
  ElapsedClock elapsed_{clock_};  // frames are asked for by it, as by everything that waits
  std::unique_ptr<ui::Window> window_;
  Inbox inbox_;
  std::string title_;
  int exit_code_ = 0;
};

}  // namespace wardroom::desk
