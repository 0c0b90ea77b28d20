#include <algorithm>

#include "protocol/limits.hpp"
#include "server/commands/direct/change.hpp"
#include "server/commands/handlers.hpp"
#include "server/commands/room/entry.hpp"
#include "server/store/rooms.hpp"
#include "server/store/users.hpp"

namespace wardroom::commands {
namespace {

// Who was declined doesn't ask the same people again before this time is over.
constexpr std::chrono::days kDeclinedFor{7};

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

std::string key_of(const std::vector<UserId>& people) {
  std::string key;
  for (const UserId id : people) key += (key.empty() ? "" : ",") + std::to_string(id.value);
  return key;
}

bool asks_first(const WriteContext& context) {
  return context.services.settings->direct_policy == DirectPolicy::request;
}

// A request reaches people who don't know the caller yet, so it isn't cheaper than a message.
Result<void> charge(WriteContext& context) {
  return context.services.message_rates.charge(context.services.settings->message_rate, context.caller().user,
                                               context.services.clock.steady());
}

store::DirectRow first_state(WriteContext& context) {
  if (!asks_first(context)) return {};
  return {DirectState::requested, context.caller().user, std::nullopt};
}

void append_created(WriteContext& context, RoomId id, const std::vector<UserId>& people, DirectState state) {
  audit::Record record = context.call.record(audit::Type::room_created);
  record.target = {"room", id.value, {}};
  record.room = id;
  record.after = {{"kind", enum_name(RoomKind::direct)}, {"users", people}, {"state", enum_name(state)}};
  context.append(record);
}

Result<RoomResult> make_direct(WriteContext& context, const std::vector<UserId>& people) {
  if (auto slow = charge(context); !slow) return slow.error();
  const UserId caller = context.caller().user;
  const std::string key = key_of(people);
  const auto id =
      store::insert_room(context.db(), {{}, std::nullopt, key, RoomKind::direct, {}, caller}, context.now());
  if (!id) return conflict("name_taken", "The room was just made. Try again.");
  for (const UserId user : people) {
    store::insert_member(context.db(), *id, user, RoomRole::member, context.now());
    context.out.push_back(realtime::MemberIn{*id, user});
  }
  const auto state = first_state(context);
  store::update_direct(context.db(), *id, state);
  store::reset_acceptance(context.db(), *id, state.requested_by);
  append_created(context, *id, people, state.state);
  if (const auto room = store::find_room(context.db(), *id))
    for (const UserId user : people) context.tell_user(user, RoomCreated{*room});
  return show_room(context, *id);
}

// Opens it, or asks for it once more, as the office's policy has it.
Result<RoomResult> reopen_direct(WriteContext& context, const Room& room, const store::DirectRow& row) {
  if (asks_first(context) && row.declined_at && row.requested_by == context.caller().user &&
      *row.declined_at <= context.now() && context.trusted() < *row.declined_at + kDeclinedFor)
    return forbidden("declined_recently",
                     "Your request was declined. You can ask again a week after that; until then it is up to "
                     "the others.");
  if (auto slow = charge(context); !slow) return slow.error();
  const auto state = first_state(context);
  store::reset_acceptance(context.db(), room.id, state.requested_by);
  change_direct(context, room, state, state.state == DirectState::requested ? "asked" : "opened");
  return show_room(context, room.id);
}

}  // namespace

Result<RoomResult> open_direct(WriteContext& context, const DirectOpen::Params& params) {
  const auto people = check_people(context, params.users);
  if (!people) return people.error();
  const auto id = store::find_direct_room(context.db(), key_of(*people));
  if (!id) return make_direct(context, *people);
  const auto room = store::find_room(context.db(), *id);
  const auto row = store::find_direct(context.db(), *id);
  if (!room || !row) return not_found("There is no such conversation.");
  // A request that waits since the office asked for one is open as soon as the office doesn't.
  const bool waits_in_vain = row->state == DirectState::requested && !asks_first(context);
  if (row->state == DirectState::ended || waits_in_vain) return reopen_direct(context, *room, *row);
  return show_room(context, *id);
}

}  // namespace wardroom::commands
