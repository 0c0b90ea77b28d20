#pragma once

#include <memory>

#include "client/model/select_window.hpp"
#include "client/model/update.hpp"
#include "client/session/effect_runner.hpp"
#include "client/session/single_instance.hpp"
#include "client/views/window.hpp"
#include "common/desk/app/shell.hpp"

namespace wardroom::client {

// The running client: state, window and session, and the way of everything between them. The window's
// thread.
class Program {
 public:
  // `directory` is the profile's. `instance` is left out but where others may start.
  Program(desk::Options options, const std::filesystem::path& directory, protocol::Device device,
          std::unique_ptr<desk::Shell> shell, std::unique_ptr<SingleInstance> instance);

  // Until the window is closed. The exit status.
  int run();

 private:
  void turn();
  void draw(ui::FrameContext& f);
  void fold(const Event& event);
  void follow_settings();
  void received(const std::string& link);
  void act(const Action& action);

  const desk::Options options_;
  State state_;
  WindowSelector selector_;
  views::WindowViewState view_;
  Actions actions_;
  std::unique_ptr<desk::Shell> shell_;  // outlives those below, which post into its inbox
  std::unique_ptr<Desktop> desktop_;
  std::unique_ptr<EffectRunner> runner_;
  std::unique_ptr<SingleInstance> instance_;
  std::optional<Settings> shown_settings_;
};

}  // namespace wardroom::client
