#include "server/app/option_table.hpp"

// What one option of the table can't see.
namespace wardroom::app {

Result<void> check_together(const Options& o) {
  if (o.limits.ping_seconds >= o.limits.idle_seconds)
    return params_error("limits.ping_seconds",
                        "must be less than limits.idle_seconds, or every quiet connection is closed unasked");
  if (o.limits.requests_burst < o.limits.requests_per_second)
    return params_error("limits.requests_burst", "must be at least limits.requests_per_second");
  if (o.limits.messages_burst < o.limits.messages_per_second)
    return params_error("limits.messages_burst", "must be at least limits.messages_per_second");
  if (o.limits.reconnect_min_ms > o.limits.reconnect_max_ms)
    return params_error("limits.reconnect_min_ms", "must not be more than limits.reconnect_max_ms");
  if (o.limits.ephemeral_backlog_kib > o.limits.backlog_kib)
    return params_error("limits.ephemeral_backlog_kib", "must not be more than limits.backlog_kib");
  if (o.files.size_mib > o.files.person_mib)
    return params_error("files.size_mib", "must not be more than files.person_mib");
  if (o.files.person_mib > o.files.office_mib)
    return params_error("files.person_mib", "must not be more than files.office_mib");
  if (!o.audit.syslog.empty() && o.audit.syslog_ca.empty())
    return params_error("audit.syslog_ca", "must be set when audit.syslog is: nobody is trusted blindly");
  return ok();
}

}  // namespace wardroom::app
