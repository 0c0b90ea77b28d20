#include "ctl/commands/stats.hpp"

#include <ostream>

#include "ctl/commands/client.hpp"
#include "ctl/commands/table.hpp"
#include "protocol/methods/server_stats.hpp"

namespace wardroom::ctl {
namespace {

std::string when(const std::optional<TimePoint>& at) {
  return at ? local_minute(*at) : "never, or not known";
}

}  // namespace

Result<void> stats(const Context& context) {
  auto client = connect(context);
  if (!client) return client.error();
  const auto now = (*client)->call<protocol::AdminStats>();
  if (!now) return now.error();
  if (context.json) {
    context.out << protocol::encode(*now) << "\n";
    return ok();
  }
  for (const auto& alarm : now->alarms)
    context.out << (alarm.urgent ? "ALARM " : "NOTE  ") << alarm.text << "\n";
  if (now->alarms.empty()) context.out << "Nothing needs you now.\n";
  const auto mib = [](std::int64_t bytes) { return std::to_string(bytes >> 20) + " MiB"; };
  Table table({"", "NOW"});
  table.add({"people online", std::to_string(now->people_online)});
  table.add({"connections", std::to_string(now->connections)});
  table.add({"requests since the start", std::to_string(now->requests_so_far)});
  table.add({"messages since the start", std::to_string(now->messages_so_far)});
  table.add({"changes since the start", std::to_string(now->changes_so_far)});
  table.add({"changes that wait", std::to_string(now->queue)});
  table.add({"memory", mib(now->memory_bytes)});
  if (now->database_bytes) table.add({"database", mib(*now->database_bytes)});
  if (now->free_bytes) table.add({"free on its disk", mib(*now->free_bytes)});
  table.add({"certificate holds until", when(now->certificate_ends)});
  table.add({"checked backup", when(now->backup_verified_at)});
  table.add({"log and tables checked", when(now->checked_at)});
  table.print(context.out);
  return ok();
}

}  // namespace wardroom::ctl
