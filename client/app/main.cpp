#include <cstdlib>
#include <string_view>

#include "client/app/program.hpp"
#include "client/pictures/helper.hpp"
#include "common/base/log.hpp"
#include "common/link/profile_directory.hpp"

int main(int argc, char** argv) {
  using namespace wardroom;
  // Before anything that a decoder of pictures has no business with. It ends without what is done at an end.
  if (argc == 2 && argv[1] == client::pictures::kHelperWord) std::_Exit(client::pictures::run_helper());
  const desk::About about{
      .program = "wardroom",
      .title = "Wardroom",
      .description = "Wardroom: the office's chat.",
      .target = "link",
      .target_help = "An invite link or the link of a message, wardroom://…",
      .keeps = "the cache",
      .examples =
          "  wardroom                                  start where you left off\n"
          "  wardroom 'wardroom://office:7443/?ca=…'   use an invite link\n"
          "  wardroom 'wardroom://office:7443/room/12/34'   show that message\n"
          "  wardroom --profile test                   a second account beside the first",
  };
  int exit_code = 0;
  const auto options = desk::parse_options(about, argc, argv, exit_code);
  if (!options) return exit_code;
  init_log(LogLevel::warn);
  const auto directory = link::open_profile_directory(about.program, options->profile, options->data);
  if (!directory) return desk::fail(about, directory.error());
  auto instance = client::SingleInstance::claim(*directory, options->target);
  if (!instance) return desk::fail(about, instance.error());
  if (!*instance) return 0;  // the running one shows itself
  auto shell = desk::Shell::open(about, *options, *directory);
  if (!shell) return desk::fail(about, shell.error());
  const auto device = desk::load_device(about, *directory);
  return client::Program(*options, *directory, device, std::move(*shell), std::move(*instance)).run();
}
