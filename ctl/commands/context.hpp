#pragma once

#include <filesystem>
#include <iosfwd>
#include <string>

#include "common/base/result.hpp"

namespace wardroom::ctl {

// What every command gets: where it reads and writes, as whom it signs in, and whether a program reads along.
struct Context {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  std::filesystem::path profiles_file;
  std::string profile = "default";
  bool json = false;
};

// The person's arguments don't fit: exit status 2.
Error usage_error(std::string message);
bool is_usage_error(const Error& error);

}  // namespace wardroom::ctl
