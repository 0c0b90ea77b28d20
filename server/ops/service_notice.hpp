#pragma once

#include <string>

// What the machine's service manager is told (sd_notify(3)), for a unit with Type=notify. Nothing happens
// where nobody listens. Any thread.
namespace wardroom::ops {

// Connections are accepted. `status` stands in `systemctl status`.
void tell_ready(const std::string& status);
void tell_status(const std::string& status);
void tell_stopping();
// Still at work, for a unit with WatchdogSec=.
void tell_alive();

}  // namespace wardroom::ops
