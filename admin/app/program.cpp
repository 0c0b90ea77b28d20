#include "admin/app/program.hpp"

#include <cstdio>

#include "admin/app/version.hpp"
#include "common/link/device_key.hpp"
#include "common/link/profile_directory.hpp"
#include "common/ui/time_zone.hpp"

namespace wardroom::admin {
namespace {

std::string title_of(const ConsoleProps& props) {
  if (props.screen == Screen::sign_in)
    return props.sign_in.step == SignInStep::sign_in ? "Sign in – Wardroom console" : "Wardroom console";
  std::string_view title = "Audit";
  if (props.page == Page::people) title = "People";
  if (props.page == Page::imports) title = "Import people";
  if (props.page == Page::moderation) title = "Moderation";
  if (props.page == Page::sessions) title = "Sessions";
  if (props.page == Page::rooms) title = "Rooms";
  if (props.page == Page::retention) title = "Retention";
  return std::string(title) + " – Wardroom console";
}

}  // namespace

Result<std::unique_ptr<Program>> Program::open(Options options, std::filesystem::path directory) {
  ui::WindowOptions window_options;
  window_options.title = "Wardroom console";
  window_options.class_name = "wardroom-admin";
  window_options.width = options.width;
  window_options.height = options.height;
  window_options.least_width = 960;
  window_options.scale = static_cast<float>(options.scale_percent) / 100.0F;
  window_options.theme = options.theme;
  auto window = ui::Window::open(window_options);
  if (!window) return window.error();
  std::unique_ptr<Program> program(new Program(std::move(options), std::move(*window)));
  program->start(std::move(directory));
  return program;
}

Program::Program(Options options, std::unique_ptr<ui::Window> window)
    : options_(std::move(options)), window_(std::move(window)), inbox_([this] { window_->wake(); }) {}

// Nobody may post into an inbox whose window is gone.
Program::~Program() {
  runner_.reset();
}

void Program::start(std::filesystem::path directory) {
  state_.device = {link::device_name(), "wardroom-admin " + std::string(kVersion), std::nullopt};
  if (auto key = link::load_device_key(directory / "device-key")) state_.device.key = std::move(*key);
  tick();
  runner_ =
      std::make_unique<EffectRunner>(desk::EffectRunner::Options{std::move(directory), state_.device},
                                     options_.target, inbox_, [this](const Event& event) { fold(event); });
  window_->on_drop([this](const std::vector<std::filesystem::path>& files) {
    if (!files.empty()) inbox_.post([this, path = files.front().string()] { fold(FileDropped{path}); });
  });
}

int Program::run() {
  window_->run(clock_, {[this] { turn(); }, [this](ui::FrameContext& f) { draw(f); }});
  return exit_code_;
}

void Program::tick() {
  const auto now = clock_.now();
  fold(Tick{now, ui::local_utc_offset(now)});
}

void Program::fold(const Event& event) {
  const Effects effects = update(state_, event);
  if (runner_) runner_->apply(effects);
  if (std::holds_alternative<Started>(event) && !options_.screenshot.empty()) take_screenshot();
}

void Program::take_screenshot() {
  window_->save_screenshot(options_.screenshot, [this](const Result<void>& saved) {
    if (!saved) {
      std::fprintf(stderr, "wardroom-admin: %s\n", saved.error().message.c_str());
      exit_code_ = 1;
    }
    window_->close();
  });
}

void Program::turn() {
  tick();
  inbox_.drain();
}

void Program::draw(ui::FrameContext& f) {
  // The first frames come before the profile is read: nothing is better than a flash of the wrong screen.
  if (!state_.started) return;
  const auto& props = selector_.select(state_);
  actions_.clear();
  views::draw_console(props, view_, f, actions_);
  if (auto title = title_of(props); title != shown_title_)
    window_->set_title(shown_title_ = std::move(title));
  for (const auto& action : actions_) runner_->apply(update(state_, action));
  if (!actions_.empty()) f.request_frame_at(state_.now);
  if (const auto next = next_tick(state_)) f.request_frame_at(*next);
}

}  // namespace wardroom::admin
