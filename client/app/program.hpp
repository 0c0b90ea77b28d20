#pragma once

#include <memory>

#include "client/app/options.hpp"
#include "client/model/select_window.hpp"
#include "client/model/update.hpp"
#include "client/session/effect_runner.hpp"
#include "client/session/single_instance.hpp"
#include "client/views/window.hpp"
#include "common/ui/window.hpp"

namespace wardroom::client {

// The running client: state, window and session, and the way of everything between them. The window's
// thread.
class Program {
 public:
  static Result<std::unique_ptr<Program>> open(Options options, std::filesystem::path directory,
                                               std::unique_ptr<SingleInstance> instance);
  ~Program();

  // Until the window is closed. The exit status.
  int run();

 private:
  Program(Options options, std::unique_ptr<SingleInstance> instance, std::unique_ptr<ui::Window> window);
  void start(const std::filesystem::path& directory);
  void turn();
  void draw(ui::FrameContext& f);
  void fold(const Event& event);
  void follow_settings();
  void received(const std::string& link);

  const Options options_;
  SystemClock clock_;
  State state_;
  WindowSelector selector_;
  views::WindowViewState view_;
  Actions actions_;
  std::unique_ptr<ui::Window> window_;
  Inbox inbox_;
  std::unique_ptr<Desktop> desktop_;
  std::unique_ptr<EffectRunner> runner_;
  std::unique_ptr<SingleInstance> instance_;
  std::optional<Settings> shown_settings_;
  std::string shown_title_;
  int exit_code_ = 0;
};

}  // namespace wardroom::client
