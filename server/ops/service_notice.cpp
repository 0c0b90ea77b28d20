#include "server/ops/service_notice.hpp"

#include <systemd/sd-daemon.h>

namespace wardroom::ops {

void tell_ready(const std::string& status) {
  ::sd_notify(0, ("READY=1\nSTATUS=" + status).c_str());
}

void tell_status(const std::string& status) {
  ::sd_notify(0, ("STATUS=" + status).c_str());
}

void tell_stopping() {
  ::sd_notify(0, "STOPPING=1");
}

void tell_alive() {
  ::sd_notify(0, "WATCHDOG=1");
}

}  // namespace wardroom::ops
