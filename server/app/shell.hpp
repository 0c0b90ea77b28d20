#pragma once

#include <functional>
#include <string>

#include "common/base/result.hpp"

// How the commands of wardroomd end, as exit statuses.
namespace wardroom::app {

inline constexpr int kFailed = 1;
// What was typed isn't understood.
inline constexpr int kMisused = 2;
// EX_CONFIG of sysexits.h: trying again changes nothing, a person must fix something first. The unit has it
// in RestartPreventExitStatus=.
inline constexpr int kFixFirst = 78;

// Says why on standard error.
int fail(const Error& error, int status = kFailed);
// kFailed where the same start may succeed in a moment (the disk, the port, a backup that has the
// directory), kFixFirst where a person must do something first.
int start_status(const Error& error);
// Why the directory `data` isn't served; where it is another account's, with how to give it to this one.
int fail_start(const Error& error, const std::string& data);
// What SIGHUP asks for. A failure is logged, without memory for it, too: those inside are served as before.
void reload_contained(const std::function<Result<std::string>()>& reload) noexcept;
// What was printed is what a person acts on: a disk or a pipe that didn't take it is a failure, else 0.
int printed();

}  // namespace wardroom::app
