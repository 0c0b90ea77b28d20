#pragma once

#include <memory>

#include "admin/app/options.hpp"
#include "admin/model/select_console.hpp"
#include "admin/model/update.hpp"
#include "admin/session/effect_runner.hpp"
#include "admin/views/console.hpp"
#include "common/ui/window.hpp"

namespace wardroom::admin {

// The running console: state, window and session, and the way of everything between them. The window's
// thread.
class Program {
 public:
  static Result<std::unique_ptr<Program>> open(Options options, std::filesystem::path directory);
  ~Program();

  // Until the window is closed. The exit status.
  int run();

 private:
  Program(Options options, std::unique_ptr<ui::Window> window);
  void start(std::filesystem::path directory);
  void turn();
  void draw(ui::FrameContext& f);
  void fold(const Event& event);
  void tick();
  void take_screenshot();

  const Options options_;
  SystemClock clock_;
  State state_;
  ConsoleSelector selector_;
  views::ConsoleViewState view_;
  Actions actions_;
  std::unique_ptr<ui::Window> window_;
  Inbox inbox_;
  std::unique_ptr<EffectRunner> runner_;
  std::string shown_title_;
  int exit_code_ = 0;
};

}  // namespace wardroom::admin
