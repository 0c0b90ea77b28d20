#include "client/app/options.hpp"

#include <map>

#include <CLI/CLI.hpp>

#include "client/app/version.hpp"

namespace wardroom::client {

std::optional<Options> parse_options(int argc, char** argv, int& exit_code) {
  Options options;
  CLI::App app("Wardroom: the office's chat.", "wardroom");
  app.set_version_flag("--version", "wardroom " + std::string(kVersion));
  app.footer(
      "Examples:\n"
      "  wardroom                                  start where you left off\n"
      "  wardroom 'wardroom://office:7443/?ca=…'   use an invite link\n"
      "  wardroom --profile test                   a second account beside the first");
  const std::map<std::string, ThemeChoice> themes = {
      {"system", ThemeChoice::system}, {"dark", ThemeChoice::dark}, {"light", ThemeChoice::light}};
  std::string data;
  std::string screenshot;
  ThemeChoice theme = ThemeChoice::system;
  int scale = 100;
  app.add_option("link", options.link, "An invite link, wardroom://…");
  app.add_option("--profile", options.profile, "Which account and server of several on this PC")
      ->capture_default_str();
  app.add_option("--data", data, "Where to keep the cache instead of ~/.local/share/wardroom");
  const auto* with_theme =
      app.add_option("--theme", theme, "dark, light or system")->transform(CLI::CheckedTransformer(themes));
  const auto* with_scale =
      app.add_option("--scale", scale, "Size of everything, in percent")->check(CLI::Range(75, 300));
  app.add_option("--width", options.width, "Width of the window")
      ->check(CLI::Range(720, 8000))
      ->capture_default_str();
  app.add_option("--height", options.height, "Height of the window")
      ->check(CLI::Range(480, 8000))
      ->capture_default_str();
  app.add_option("--screenshot", screenshot, "Write the first complete frame to this PNG file and end");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    exit_code = app.exit(error);
    return std::nullopt;
  }
  if (!data.empty()) options.data = data;
  options.screenshot = screenshot;
  if (with_theme->count() > 0) options.theme = theme;
  if (with_scale->count() > 0) options.scale_percent = scale;
  return options;
}

}  // namespace wardroom::client
