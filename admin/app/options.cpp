#include "admin/app/options.hpp"

#include <map>

#include <CLI/CLI.hpp>

#include "admin/app/version.hpp"

namespace wardroom::admin {

std::optional<Options> parse_options(int argc, char** argv, int& exit_code) {
  Options options;
  CLI::App app("The administrator's console of Wardroom: people, rooms, moderation and the audit log.",
               "wardroom-admin");
  app.set_version_flag("--version", "wardroom-admin " + std::string(kVersion));
  app.footer(
      "Examples:\n"
      "  wardroom-admin                                 the server that you signed in to last\n"
      "  wardroom-admin office.example:7443             another one; it asks for the fingerprint\n"
      "  wardroom-admin 'wardroom://office:7443/?ca=…'  a link says the fingerprint, too");
  // The desktop doesn't say what it prefers in a way that works everywhere: "system" is dark.
  const std::map<std::string, ui::ThemeKind> themes = {
      {"system", ui::ThemeKind::dark}, {"dark", ui::ThemeKind::dark}, {"light", ui::ThemeKind::light}};
  std::string data;
  std::string screenshot;
  app.add_option("server", options.target, "HOST:PORT, or a link wardroom://…")->type_name("");
  app.add_option("--profile", options.profile, "Which account and server of several on this PC")
      ->type_name("NAME")
      ->capture_default_str();
  app.add_option("--data", data, "Where to remember the session instead of ~/.local/share/wardroom-admin")
      ->type_name("DIR");
  app.add_option("--theme", options.theme, "dark, light or system")
      ->transform(CLI::CheckedTransformer(themes))
      ->option_text("NAME");
  app.add_option("--scale", options.scale_percent, "Size of everything, in percent")
      ->check(CLI::Range(75, 300))
      ->capture_default_str();
  app.add_option("--width", options.width, "Width of the window")
      ->check(CLI::Range(720, 8000))
      ->capture_default_str();
  app.add_option("--height", options.height, "Height of the window")
      ->check(CLI::Range(480, 8000))
      ->capture_default_str();
  app.add_option("--screenshot", screenshot, "Write the first complete frame to this PNG file and end")
      ->type_name("FILE");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    exit_code = app.exit(error);
    return std::nullopt;
  }
  if (!data.empty()) options.data = data;
  options.screenshot = screenshot;
  return options;
}

}  // namespace wardroom::admin
