#include "admin/app/program.hpp"
#include "common/base/log.hpp"
#include "common/link/profile_directory.hpp"

int main(int argc, char** argv) {
  using namespace wardroom;
  const desk::About about{
      .program = "wardroom-admin",
      .title = "Wardroom console",
      .description = "The administrator's console of Wardroom: people, rooms, moderation and the audit log.",
      .target = "server",
      .target_help = "HOST:PORT, or a link wardroom://…",
      .keeps = "the session",
      .examples =
          "  wardroom-admin                                 the server that you signed in to last\n"
          "  wardroom-admin office.example:7443             another one; it asks for the fingerprint\n"
          "  wardroom-admin 'wardroom://office:7443/?ca=…'  a link says the fingerprint, too",
      .least_width = 960,
  };
  int exit_code = 0;
  const auto options = desk::parse_options(about, argc, argv, exit_code);
  if (!options) return exit_code;
  init_log(LogLevel::warn);
  const auto directory = link::open_profile_directory(about.program, options->profile, options->data);
  if (!directory) return desk::fail(about, directory.error());
  auto shell = desk::Shell::open(about, *options, *directory);
  if (!shell) return desk::fail(about, shell.error());
  const auto device = desk::load_device(about, *directory);
  return admin::Program(options->target, *directory, device, std::move(*shell)).run();
}
