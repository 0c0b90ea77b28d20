#include "admin/app/program.hpp"

#include "common/desk/app/local_time_zone.hpp"

namespace wardroom::admin {
namespace {

std::string title_of(const ConsoleProps& props) {
  if (props.screen == Screen::sign_in)
    return props.sign_in.step == SignInStep::sign_in ? "Sign in – Wardroom console" : "Wardroom console";
  return std::string(views::page_title(props.page)) + " – Wardroom console";
}

}  // namespace

Program::Program(std::string target, std::filesystem::path directory, protocol::Device device,
                 std::unique_ptr<desk::Shell> shell)
    : shell_(std::move(shell)) {
  state_.zone = desk::local_time_zone();
  state_.device = std::move(device);
  fold(shell_->tick());
  runner_ = std::make_unique<EffectRunner>(desk::EffectRunner::Options{std::move(directory), state_.device},
                                           std::move(target), shell_->inbox(),
                                           [this](const Event& event) { fold(event); });
  shell_->window().on_drop([this](const std::vector<std::filesystem::path>& files) {
    if (files.empty()) return;
    shell_->inbox().post([this, path = files.front().string()] { fold(FileDropped{path}); });
  });
}

int Program::run() {
  return shell_->run({[this] { turn(); }, [this](ui::FrameContext& f) { draw(f); }});
}

void Program::fold(const Event& event) {
  const Effects effects = update(state_, event);
  if (runner_) apply(effects);
  if (std::holds_alternative<Started>(event)) shell_->take_screenshot();
}

// Before anything is asked: what comes after the answer is told, too.
void Program::apply(const Effects& effects) {
  runner_->follow_log(state_.page == Page::audit);
  runner_->apply(effects);
}

void Program::turn() {
  fold(shell_->tick());
  shell_->inbox().drain();
}

void Program::draw(ui::FrameContext& f) {
  // The first frames come before the profile is read: nothing is better than a flash of the wrong screen.
  if (!state_.started) return;
  const auto& props = selector_.select(state_);
  actions_.clear();
  views::draw_console(props, view_, f, actions_);
  shell_->set_title(title_of(props));
  for (const auto& action : actions_) apply(update(state_, action));
  if (!actions_.empty()) f.request_frame_at(state_.now);
  if (const auto next = next_tick(state_)) f.request_frame_at(*next);
}

}  // namespace wardroom::admin
