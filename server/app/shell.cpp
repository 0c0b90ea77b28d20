#include "server/app/shell.hpp"

#include <iostream>

#include "common/base/log.hpp"

namespace wardroom::app {

int fail(const Error& error, int status) {
  std::cerr << error_prefix() << "wardroomd: " << error.message << "\n";
  return status;
}

int printed() {
  std::cout << std::flush;
  if (std::cout) return 0;
  return fail(unavailable("The output can't be written. Is its disk full?"));
}

}  // namespace wardroom::app
