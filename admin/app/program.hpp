#pragma once

#include <memory>

#include "admin/model/select_console.hpp"
#include "admin/model/update.hpp"
#include "admin/session/effect_runner.hpp"
#include "admin/views/console.hpp"
#include "common/desk/app/shell.hpp"

namespace wardroom::admin {

// The running console: state, window and session, and the way of everything between them. The window's
// thread.
class Program {
 public:
  // `directory` is the profile's; `target` is what the command line names.
  Program(std::string target, std::filesystem::path directory, protocol::Device device,
          std::unique_ptr<desk::Shell> shell);

  // Until the window is closed. The exit status.
  int run();

 private:
  void turn();
  void draw(ui::FrameContext& f);
  void fold(const Event& event);
  void apply(const Effects& effects);

  State state_;
  ConsoleSelector selector_;
  views::ConsoleViewState view_;
  Actions actions_;
  std::unique_ptr<desk::Shell> shell_;  // outlives the runner, which posts into its inbox
  std::unique_ptr<EffectRunner> runner_;
};

}  // namespace wardroom::admin
