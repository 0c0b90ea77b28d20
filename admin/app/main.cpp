#include <cstdio>

#include "admin/app/options.hpp"
#include "admin/app/program.hpp"
#include "common/base/log.hpp"
#include "common/link/profile_directory.hpp"

namespace {

int fail(const wardroom::Error& error) {
  std::fprintf(stderr, "wardroom-admin: %s\n", error.message.c_str());
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  using namespace wardroom::admin;
  int exit_code = 0;
  auto options = parse_options(argc, argv, exit_code);
  if (!options) return exit_code;
  wardroom::init_log(wardroom::LogLevel::warn);
  auto directory = wardroom::link::open_profile_directory("wardroom-admin", options->profile, options->data);
  if (!directory) return fail(directory.error());
  auto program = Program::open(std::move(*options), *directory);
  if (!program) return fail(program.error());
  return (*program)->run();
}
