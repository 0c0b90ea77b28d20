#include <algorithm>

#include "server/commands/handlers.hpp"
#include "server/commands/message/target.hpp"
#include "server/store/message_versions.hpp"
#include "server/store/users.hpp"

namespace wardroom::commands {

// A change only for its record: nobody reads what somebody else no longer shows without a trace.
Result<MessageVersions::Result> read_versions(WriteContext& context, const MessageVersions::Params& params) {
  const auto target =
      find_own_or_any(context, params.room, params.seq, domain::RoomAct::read, domain::RoomAct::see_versions);
  if (!target) return target.error();
  MessageVersions::Result result;
  result.versions = store::load_versions(context.db(), params.room, params.seq);
  std::vector<UserId> people;
  for (const auto& version : result.versions) people.push_back(version.by);
  std::sort(people.begin(), people.end());
  people.erase(std::unique(people.begin(), people.end()), people.end());
  result.users = store::load_users(context.db(), people);
  if (!target->is_own) context.append(message_record(context, audit::Type::versions_read, *target));
  return result;
}

}  // namespace wardroom::commands
