#include "common/desk/app/shell.hpp"

#include <fstream>
#include <optional>
#include <string>

#include "common/base/heap.hpp"
#include "common/desk/app/words_outside.hpp"
#include "common/link/device_key.hpp"
#include "common/link/profile_directory.hpp"

namespace wardroom::desk {

std::string_view version() {
  return WARDROOM_VERSION;
}

protocol::Device load_device(const About& about, const std::filesystem::path& profile) {
  protocol::Device device{link::device_name(), about.program + " " + std::string(version()), std::nullopt};
  if (auto key = link::load_device_key(profile / "device-key")) device.key = std::move(*key);
  return device;
}

int fail(const About& about, const Error& error) {
  say_outside(about.title, about.program + ": " + error.message + "\n", true);
  return 1;
}

namespace {

// Lost without harm: the window then opens as at the first start.
std::optional<ui::WindowPlace> load_place(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::string line;
  if (!std::getline(in, line)) return std::nullopt;
  return ui::parse_window_place(line);
}

}  // namespace

Result<std::unique_ptr<Shell>> Shell::open(const About& about, const Options& options,
                                           const std::filesystem::path& profile) {
  give_back_large_blocks();
  const bool keeps_place = !options.sized && options.screenshot.empty();
  const auto place_file = keeps_place ? profile / "window" : std::filesystem::path{};
  ui::WindowOptions window_options;
  window_options.title = about.title;
  window_options.class_name = about.program;
  window_options.width = options.width;
  window_options.height = options.height;
  window_options.least_width = about.least_width;
  if (keeps_place) window_options.place = load_place(place_file);
  window_options.scale = static_cast<float>(options.scale_percent.value_or(100)) / 100.0F;
  window_options.theme = options.theme.value_or(ui::ThemeKind::dark);
  auto window = ui::Window::open(window_options);
  if (!window) return window.error();
  return std::unique_ptr<Shell>(new Shell(about, options, place_file, std::move(*window)));
}

Shell::Shell(const About& about, const Options& options, std::filesystem::path place_file,
             std::unique_ptr<ui::Window> window)
    : about_(about),
      screenshot_(options.screenshot),
      place_file_(std::move(place_file)),
      window_(std::move(window)),
      inbox_([this] { window_->wake(); }) {}

int Shell::run(const ui::WindowProgram& program) {
  window_->run(elapsed_, program);
  if (!place_file_.empty()) std::ofstream(place_file_) << ui::to_text(window_->place());
  return exit_code_;
}

void Shell::set_title(std::string title) {
  if (title == title_) return;
  title_ = std::move(title);
  window_->set_title(title_);
}

void Shell::take_screenshot() {
  if (screenshot_.empty()) return;
  window_->save_screenshot(screenshot_, [this](const Result<void>& saved) {
    if (!saved) exit_code_ = fail(about_, saved.error());
    window_->close();
  });
}

}  // namespace wardroom::desk
