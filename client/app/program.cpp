#include "client/app/program.hpp"

#include <cstdio>

#include "client/app/local_time_zone.hpp"
#include "client/app/version.hpp"
#include "common/base/random.hpp"
#include "common/link/device_key.hpp"
#include "common/link/profile_directory.hpp"

namespace wardroom::client {
namespace {

// The desktop doesn't say what it prefers in a way that works everywhere.
ui::ThemeKind theme_kind(ThemeChoice choice) {
  return choice == ThemeChoice::light ? ui::ThemeKind::light : ui::ThemeKind::dark;
}

IdSource::Seed fresh_seed() {
  IdSource::Seed seed{};
  fill_random(std::as_writable_bytes(std::span(seed)));
  return seed;
}

std::string title_of(const WindowProps& props) {
  if (props.screen == Screen::welcome || !props.room_open) return "Wardroom";
  std::uint32_t mentions = 0;
  for (const auto& section : props.side_bar.sections)
    for (const auto& row : section.rows) mentions += row.mentions;
  const std::string name = (props.header.mark == RoomMark::direct ? "" : "#") + props.header.name;
  return (mentions > 0 ? "(" + std::to_string(mentions) + ") " : "") + name + " – Wardroom";
}

}  // namespace

Result<std::unique_ptr<Program>> Program::open(Options options, std::filesystem::path directory,
                                               std::unique_ptr<SingleInstance> instance) {
  ui::WindowOptions window_options;
  window_options.title = "Wardroom";
  window_options.class_name = "wardroom";
  window_options.width = options.width;
  window_options.height = options.height;
  window_options.scale = static_cast<float>(options.scale_percent.value_or(100)) / 100.0F;
  window_options.theme = theme_kind(options.theme.value_or(ThemeChoice::system));
  auto window = ui::Window::open(window_options);
  if (!window) return window.error();
  std::unique_ptr<Program> program(new Program(std::move(options), std::move(instance), std::move(*window)));
  program->start(directory);
  return program;
}

Program::Program(Options options, std::unique_ptr<SingleInstance> instance,
                 std::unique_ptr<ui::Window> window)
    : options_(std::move(options)),
      window_(std::move(window)),
      inbox_([this] { window_->wake(); }),
      desktop_(make_desktop()),
      instance_(std::move(instance)) {}

// Nobody may post into an inbox whose window is gone.
Program::~Program() {
  instance_.reset();
  runner_.reset();
}

void Program::start(const std::filesystem::path& directory) {
  state_.zone = local_time_zone();
  state_.device = {link::device_name(), "wardroom " + std::string(kVersion), std::nullopt};
  if (auto key = link::load_device_key(directory / "device-key")) state_.device.key = std::move(*key);
  state_.version = kVersion;
  state_.ids = IdSource(fresh_seed());
  EffectRunner::Handlers handlers;
  handlers.event = [this](const Event& event) { fold(event); };
  handlers.resume_point = [this] { return link::ResumePoint{state_.epoch, resume_rooms(state_)}; };
  fold(Tick{clock_.now()});
  runner_ = std::make_unique<EffectRunner>(desk::EffectRunner::Options{directory, state_.device}, inbox_,
                                           *desktop_, std::move(handlers));
  if (instance_)
    instance_->listen(
        [this](std::string link) { inbox_.post([this, link = std::move(link)] { received(link); }); });
}

int Program::run() {
  window_->run(clock_, {[this] { turn(); }, [this](ui::FrameContext& f) { draw(f); }});
  return exit_code_;
}

void Program::received(const std::string& link) {
  window_->raise();
  if (!link.empty()) fold(LinkReceived{link});
}

void Program::fold(const Event& event) {
  const bool first = std::holds_alternative<ProfileLoaded>(event);
  const Effects effects = update(state_, event);
  if (runner_) runner_->apply(effects);
  for (const auto& effect : effects)
    if (std::holds_alternative<Notify>(effect)) window_->request_attention();
  if (!first) return;
  follow_settings();
  if (!options_.link.empty()) fold(LinkReceived{options_.link});
  if (!options_.screenshot.empty())
    window_->save_screenshot(options_.screenshot, [this](const Result<void>& saved) {
      if (!saved) {
        std::fprintf(stderr, "wardroom: %s\n", saved.error().message.c_str());
        exit_code_ = 1;
      }
      window_->close();
    });
}

void Program::turn() {
  fold(Tick{clock_.now()});
  inbox_.drain();
  if (window_->is_focused() != state_.focused) fold(WindowFocused{window_->is_focused()});
}

void Program::draw(ui::FrameContext& f) {
  // The first frames come before the profile is read: nothing is better than a flash of the wrong screen.
  if (!state_.profile_loaded) return;
  const auto& props = selector_.select(state_);
  actions_.clear();
  views::draw_window(props, view_, f, actions_);
  if (auto title = title_of(props); title != shown_title_)
    window_->set_title(shown_title_ = std::move(title));
  for (const auto& action : actions_) runner_->apply(update(state_, action));
  if (!actions_.empty()) {
    follow_settings();
    f.request_frame_at(state_.now);
  }
  if (const auto tick = next_tick(state_)) f.request_frame_at(*tick);
}

// The command line wins until the person chooses something else.
void Program::follow_settings() {
  const Settings& settings = state_.settings;
  const bool first = !shown_settings_;
  if (first ? !options_.theme : shown_settings_->theme != settings.theme)
    window_->set_theme(theme_kind(settings.theme));
  if (first ? !options_.scale_percent : shown_settings_->scale_percent != settings.scale_percent)
    window_->set_scale(static_cast<float>(settings.scale_percent) / 100.0F);
  shown_settings_ = settings;
}

}  // namespace wardroom::client
