#include <algorithm>

#include "protocol/limits.hpp"
#include "server/commands/handlers.hpp"
#include "server/commands/room/entry.hpp"
#include "server/store/rooms.hpp"
#include "server/store/users.hpp"

namespace wardroom::commands {
namespace {

// The people of the room with the caller, sorted, each once; the error names who can't be reached.
Result<std::vector<UserId>> check_people(WriteContext& context, const std::vector<UserId>& users) {
  const auto& caller = context.caller();
  std::vector<UserId> people = users;
  people.push_back(caller.user);
  std::sort(people.begin(), people.end());
  people.erase(std::unique(people.begin(), people.end()), people.end());
  if (people.size() < 2 || people.size() > kMaxDirectMembers)
    return params_error("params.users", "A direct room has one to seven other people.");
  for (const UserId id : people) {
    const auto row = store::find_user(context.db(), id);
    const bool may_know = domain::has_right(caller.role, domain::Right::use_directory) || id == caller.user ||
                          store::share_a_room(context.db(), caller.user, id);
    if (!row || row->account.disabled || row->account.imported || !may_know)
      return not_found("There is no person with the id " + std::to_string(id.value) + ".");
  }
  return people;
}

}  // namespace

Result<RoomResult> open_direct(WriteContext& context, const DirectOpen::Params& params) {
  const UserId caller = context.caller().user;
  const auto people = check_people(context, params.users);
  if (!people) return people.error();
  std::string key;
  for (const UserId id : *people) key += (key.empty() ? "" : ",") + std::to_string(id.value);

  auto id = store::find_direct_room(context.db(), key);
  if (!id) {
    id = store::insert_room(context.db(), {{}, std::nullopt, key, RoomKind::direct, {}, caller},
                            context.now());
    if (!id) return conflict("name_taken", "The room was just made. Try again.");
    for (const UserId user : *people) {
      store::insert_member(context.db(), *id, user, RoomRole::member, context.now());
      context.out.push_back(realtime::MemberIn{*id, user});
    }
    audit::Record record = context.call.record(audit::Type::room_created);
    record.target = {"room", id->value, {}};
    record.room = *id;
    record.after = R"({"kind":"direct","users":[)" + key + "]}";
    context.append(record);
    if (const auto room = store::find_room(context.db(), *id))
      for (const UserId user : *people) context.tell_user(user, RoomCreated{*room});
  }
  return show_room(context, *id);
}

}  // namespace wardroom::commands
