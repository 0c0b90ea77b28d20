#include <algorithm>
#include <iostream>

#include <CLI/CLI.hpp>

#include "common/completion/command_line.hpp"
#include "common/completion/completion.hpp"
#include "common/completion/empty_values.hpp"
#include "ctl/app/arguments.hpp"
#include "ctl/commands/profiles.hpp"
#include "ctl/commands/terminal.hpp"
#include "ctl/commands/witness.hpp"

namespace {

constexpr int kFailed = 1;
constexpr int kWrongUse = 2;
constexpr int kAlarm = 3;  // the audit log isn't the one that was seen before

int fail(const wardroom::Error& error) {
  std::cerr << "wardroomctl: " << error.message << "\n";
  if (wardroom::ctl::is_alarm(error)) return kAlarm;
  return wardroom::ctl::is_usage_error(error) ? kWrongUse : kFailed;
}

int finish_output() {
  std::cout.flush();
  if (std::cout) return 0;
  return fail(wardroom::unavailable("The output can't be written."));
}

}  // namespace

int main(int argc, char** argv) {
  wardroom::ctl::prepare_streams();
  wardroom::ctl::Context context{std::cin,  std::cout, std::cerr, wardroom::ctl::default_profiles_file(),
                                 "default", false};
  wardroom::ctl::Chosen chosen;

  CLI::App program("The command line of the Wardroom office chat", "wardroomctl");
  // "/shrug" is a text, on Windows too. Before there are commands, which take it over.
  program.allow_windows_style_options(false);
  program.set_version_flag("--version", "wardroomctl " WARDROOM_VERSION);
  program.add_option("--profile", context.profile, "Which of several sign-ins to use")->capture_default_str();
  program.add_flag("--json", context.json, "Output for programs instead of tables for people");
  program.require_subcommand(1);
  program.fallthrough();
  program.footer("`wardroomctl COMMAND --help` shows an example of each.");
  wardroom::ctl::add_commands(program, context, chosen);
  std::string shell;
  const auto* completion_command = wardroom::completion::add_command(program, shell);
  wardroom::completion::refuse_empty_values(program);
  try {
    program.parse(wardroom::completion::words_to_parse(argc, argv));
  } catch (const CLI::Success& success) {  // --help, --version
    const int status = program.exit(success);
    return std::max(status, finish_output());
  } catch (const CLI::ParseError& error) {
    program.exit(error);
    return kWrongUse;
  }
  if (*completion_command)
    std::cout << wardroom::completion::compose_script(program, shell);
  else if (const auto done = chosen(); !done)
    return fail(done.error());
  return finish_output();
}
