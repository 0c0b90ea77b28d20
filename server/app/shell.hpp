#pragma once

#include "common/base/error.hpp"

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
// What was printed is what a person acts on: a disk or a pipe that didn't take it is a failure, else 0.
int printed();

}  // namespace wardroom::app
