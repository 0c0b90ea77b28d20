#pragma once

#include <optional>
#include <string>

#include "ctl/irc_log/zone.hpp"

namespace wardroom::irc_log {

// A zone of the tz database, "Europe/Berlin", by ICU: the library, or the one that Windows brings. Nothing:
// there is none of that name, or no ICU (Windows before 1903).
std::optional<Zone> find_named_zone(const std::string& name);

}  // namespace wardroom::irc_log
