#include "client/app/program.hpp"

#include "client/model/language_files.hpp"
#include "client/model/surroundings.hpp"
#include "common/base/random.hpp"
#include "common/desk/app/local_time_zone.hpp"
#include "common/desk/session/policy_values.hpp"

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

Program::Program(desk::Options options, const std::filesystem::path& directory, protocol::Device device,
                 std::unique_ptr<desk::Shell> shell, std::unique_ptr<SingleInstance> instance)
    : options_(std::move(options)),
      shell_(std::move(shell)),
      desktop_(make_desktop()),
      instance_(std::move(instance)) {
  state_.zone = desk::local_time_zone();
  state_.device = std::move(device);
  state_.version = desk::version();
  state_.policy =
      desk::parse_policy(desk::load_policy_values(state_.policy_problems), state_.policy_problems);
  state_.ids = IdSource(fresh_seed());
  EffectRunner::Handlers handlers;
  handlers.event = [this](const Event& event) { fold(event); };
  handlers.picture = [this](const std::string& key, const pictures::Pixels& picture) {
    return shell_->window().textures().put(key, picture.width, picture.height, picture.rgba.data(),
                                           picture.delays_ms);
  };
  handlers.window = [this](AskWindow::Act act) {
    if (act == AskWindow::Act::raise) return shell_->window().raise();
    shell_->window().close();
  };
  handlers.resume_point = [this] { return link::ResumePoint{state_.epoch, resume_rooms(state_)}; };
  fold(shell_->tick());
  Surroundings surroundings;
  // A picture for a document needs no tray, and isn't the program that the person uses.
  if (options_.screenshot.empty()) {
    surroundings.open = open_attention;
    surroundings.dictionaries = open_dictionaries;
    if (!options_.data) surroundings.profile = options_.profile;
  }
  runner_ = std::make_unique<EffectRunner>(desk::EffectRunner::Options{directory, state_.device},
                                           shell_->inbox(), *desktop_, std::move(handlers),
                                           desk::EffectRunner::OpenPort{}, surroundings);
  shell_->window().on_close([this] { return closes_to_tray(state_); });
  shell_->window().on_drop([this](const std::vector<std::filesystem::path>& files) {
    for (const auto& file : files) view_.dropped.push_back(file.string());
  });
  if (instance_)
    instance_->listen([this](std::string link) {
      shell_->inbox().post([this, link = std::move(link)] { received(link); });
    });
}

int Program::run() {
  return shell_->run(
      {[this] { turn(); }, [this](ui::FrameContext& f) { draw(f); }, [this] { return next_tick(state_); }});
}

void Program::received(const std::string& link) {
  shell_->window().raise();
  if (!link.empty()) fold(LinkReceived{link});
}

void Program::fold(const Event& event) {
  const bool first = std::holds_alternative<ProfileLoaded>(event);
  const Effects effects = update(state_, event);
  if (runner_) runner_->apply(effects);
  for (const auto& effect : effects)
    if (std::holds_alternative<Notify>(effect)) shell_->window().request_attention();
  // The tray in which it was is gone: nothing else would bring it back.
  if (shell_->window().is_hidden() && !closes_to_tray(state_)) shell_->window().raise();
  if (!first) return;
  follow_settings();
  if (!options_.target.empty()) fold(LinkReceived{options_.target});
  shell_->take_screenshot();
}

void Program::act(const Action& action) {
  runner_->apply(update(state_, action));
}

void Program::turn() {
  fold(shell_->tick());
  shell_->inbox().drain();
  if (shell_->window().is_focused() != state_.focused) fold(WindowFocused{shell_->window().is_focused()});
}

void Program::draw(ui::FrameContext& f) {
  // The first frames come before the profile is read: nothing is better than a flash of the wrong screen.
  if (!state_.profile_loaded) return;
  const auto& props = selector_.select(state_);
  actions_.clear();
  views::draw_window(props, view_, f, actions_);
  shell_->set_title(title_of(props));
  for (const auto& action : actions_) act(action);
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
    shell_->window().set_theme(theme_kind(settings.theme));
  if (first ? !options_.scale_percent : shown_settings_->scale_percent != settings.scale_percent)
    shell_->window().set_scale(static_cast<float>(settings.scale_percent) / 100.0F);
  if (first || shown_settings_->language != settings.language)
    use_language_of(settings.language.empty() ? preferred_language() : settings.language);
  shown_settings_ = settings;
}

}  // namespace wardroom::client
