#include "common/desk/app/shell.hpp"

#include <cstdio>

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
  std::fprintf(stderr, "%s: %s\n", about.program.c_str(), error.message.c_str());
  return 1;
}

Result<std::unique_ptr<Shell>> Shell::open(const About& about, const Options& options) {
  ui::WindowOptions window_options;
  window_options.title = about.title;
  window_options.class_name = about.program;
  window_options.width = options.width;
  window_options.height = options.height;
  window_options.least_width = about.least_width;
  window_options.scale = static_cast<float>(options.scale_percent.value_or(100)) / 100.0F;
  window_options.theme = options.theme.value_or(ui::ThemeKind::dark);
  auto window = ui::Window::open(window_options);
  if (!window) return window.error();
  return std::unique_ptr<Shell>(new Shell(about, options, std::move(*window)));
}

Shell::Shell(const About& about, const Options& options, std::unique_ptr<ui::Window> window)
    : about_(about),
      screenshot_(options.screenshot),
      window_(std::move(window)),
      inbox_([this] { window_->wake(); }) {}

int Shell::run(const ui::WindowProgram& program) {
  window_->run(elapsed_, program);
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
