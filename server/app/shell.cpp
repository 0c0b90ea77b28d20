#include "server/app/shell.hpp"

#include <algorithm>
#include <array>
#include <iostream>
#include <pwd.h>
#include <unistd.h>

#include "common/base/log.hpp"

namespace wardroom::app {
namespace {

// Of errors that are `unavailable` to whoever asks for something, and stay so until a person does something.
constexpr std::array<std::string_view, 6> kStays{"not_permitted",      "file_missing",
                                                 "key_unusable",       "audit_key_missing",
                                                 "port_not_permitted", "database_read_only"};

}  // namespace

int fail(const Error& error, int status) {
  std::cerr << error_prefix() << "wardroomd: " << error.message << "\n";
  return status;
}

void reload_contained(const std::function<Result<std::string>()>& reload) noexcept {
  try {
    if (const auto reloaded = reload(); !reloaded)
      spdlog::error("server.reload_failed message=\"{}\"", reloaded.error().message);
  } catch (const std::exception& e) {
    spdlog::error("server.reload_failed message=\"{}\"", e.what());
  }
}

int start_status(const Error& error) {
  const bool passes = error.code == ErrorCode::unavailable || error.reason == "directory_in_use";
  return passes && std::ranges::find(kStays, error.reason) == kStays.end() ? kFailed : kFixFirst;
}

int fail_start(const Error& error, const std::string& data) {
  Error told = error;
  const passwd* account = ::getpwuid(::geteuid());
  const bool is_foreign = error.reason == "not_permitted" || error.reason == "database_read_only";
  if (is_foreign && account != nullptr && ::geteuid() != 0)
    told.message += " Everything in " + data + " must belong to " + account->pw_name +
                    ", who runs the server. As root, run: chown -R " + account->pw_name + ": " + data;
  return fail(told, start_status(error));
}

int printed() {
  std::cout << std::flush;
  if (std::cout) return 0;
  return fail(unavailable("The output can't be written. Is its disk full?"));
}

}  // namespace wardroom::app
