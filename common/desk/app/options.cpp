#include "common/desk/app/options.hpp"

#include <map>
#include <sstream>

#include <CLI/CLI.hpp>

#include "common/base/machine.hpp"
#include "common/completion/command_line.hpp"
#include "common/completion/empty_values.hpp"
#include "common/desk/app/shell.hpp"
#include "common/desk/app/words_outside.hpp"

namespace wardroom::desk {

std::optional<Options> parse_options(const About& about, int argc, char** argv, int& exit_code) {
  Options options;
  CLI::App app(about.description, about.program);
  app.allow_windows_style_options(false);
  app.set_version_flag("--version", about.program + " " + std::string(version()));
  app.footer("Examples:\n" + about.examples);
  // The desktop doesn't say what it prefers in a way that works everywhere: "system" is dark.
  const std::map<std::string, ui::ThemeKind> themes = {
      {"system", ui::ThemeKind::dark}, {"dark", ui::ThemeKind::dark}, {"light", ui::ThemeKind::light}};
  std::string data;
  std::string screenshot;
  auto theme = ui::ThemeKind::dark;
  int scale = 100;
  app.add_option(about.target, options.target, about.target_help)->type_name("");
  app.add_option("--profile", options.profile, "Which account and server of several on this PC")
      ->type_name("NAME")
      ->capture_default_str();
  app.add_option("--data", data,
                 "Where to keep " + about.keeps + " instead of " + std::string(shown_data_folder()) + "/" +
                     about.program)
      ->type_name("DIR");
  const auto* with_theme = app.add_option("--theme", theme, "dark, light or system")
                               ->transform(CLI::CheckedTransformer(themes))
                               ->option_text("NAME");
  const auto* with_scale =
      app.add_option("--scale", scale, "Size of everything, in percent")->check(CLI::Range(75, 300));
  const auto* with_width = app.add_option("--width", options.width, "Width of the window")
                               ->check(CLI::Range(720, 8000))
                               ->capture_default_str();
  const auto* with_height = app.add_option("--height", options.height, "Height of the window")
                                ->check(CLI::Range(480, 8000))
                                ->capture_default_str();
  app.add_option("--screenshot", screenshot, "Write the first complete frame to this PNG file and end")
      ->type_name("FILE");
  completion::refuse_empty_values(app);
  try {
    app.parse(completion::words_to_parse(argc, argv));
  } catch (const CLI::ParseError& error) {
    std::ostringstream said, wrong;
    exit_code = app.exit(error, said, wrong);
    for (const bool is_error : {false, true})
      if (const auto text = (is_error ? wrong : said).str(); !text.empty())
        say_outside(about.title, text, is_error);
    return std::nullopt;
  }
  if (!data.empty()) options.data = data;
  options.screenshot = screenshot;
  options.sized = with_width->count() > 0 || with_height->count() > 0;
  if (with_theme->count() > 0) options.theme = theme;
  if (with_scale->count() > 0) options.scale_percent = scale;
  return options;
}

}  // namespace wardroom::desk
