#include <optional>
#include <ostream>

#include "ctl/commands/client.hpp"
#include "ctl/commands/find_people.hpp"
#include "ctl/commands/find_rooms.hpp"
#include "ctl/commands/message.hpp"

namespace wardroom::ctl {
namespace {

std::string_view meaning(protocol::DirectState state) {
  switch (state) {
    case protocol::DirectState::requested:
      return "asked for: not everybody has accepted yet";
    case protocol::DirectState::open:
      return "open: you may chat";
    case protocol::DirectState::ended:
      return "ended";
  }
  return "";
}

void show(const Context& context, const protocol::MyRoom& room) {
  if (context.json) {
    context.out << protocol::encode(room) << "\n";
    return;
  }
  context.out << "Conversation " << room.id.value << " is "
              << meaning(room.direct.value_or(protocol::DirectState::open)) << ".\n";
}

// Only one that is there: nobody is asked for a conversation in order to decline it.
Result<protocol::MyRoom> find_mine(link::BlockingClient& client, const DirectArguments& arguments) {
  std::string typed;
  for (const auto& person : arguments.people) typed += (typed.empty() ? "" : "+") + person;
  auto with_people = find_direct(client, typed);
  if (!with_people) return with_people.error();
  auto mine = client.call<protocol::RoomList>();
  if (!mine) return mine.error();
  std::optional<protocol::MyRoom> by_id;
  for (auto& room : mine->rooms)
    if (room.kind == protocol::RoomKind::direct && std::to_string(room.id.value) == typed)
      by_id = std::move(room);
  auto& found = *with_people;
  if (found && by_id && found->id != by_id->id)
    return make_error(
        ErrorCode::conflict,
        typed + " is a person and the id of another conversation. Write @" + typed + " for the person.",
        "ambiguous");
  if (!found) found = std::move(by_id);
  if (!found) return not_found("You have no conversation with " + typed + ".");
  return *std::move(found);
}

template <class M>
Result<void> answer(const Context& context, const DirectArguments& arguments) {
  auto client = connect(context);
  if (!client) return client.error();
  const auto room = find_mine(**client, arguments);
  if (!room) return room.error();
  const auto done = (*client)->template call<M>({room->id});
  if (!done) return done.error();
  const auto now = find_mine(**client, arguments);
  if (!now) return now.error();
  show(context, *now);
  return ok();
}

}  // namespace

Result<void> direct_open(const Context& context, const DirectArguments& arguments) {
  auto client = connect(context);
  if (!client) return client.error();
  std::vector<UserId> people;
  for (const auto& name : arguments.people) {
    const auto person = find_person(**client, name);
    if (!person) return person.error();
    people.push_back(person->id);
  }
  const auto opened = (*client)->call<protocol::DirectOpen>({people});
  if (!opened) return opened.error();
  show(context, opened->room);
  return ok();
}

Result<void> direct_accept(const Context& context, const DirectArguments& arguments) {
  return answer<protocol::DirectAccept>(context, arguments);
}
Result<void> direct_decline(const Context& context, const DirectArguments& arguments) {
  return answer<protocol::DirectDecline>(context, arguments);
}
Result<void> direct_end(const Context& context, const DirectArguments& arguments) {
  return answer<protocol::DirectEnd>(context, arguments);
}

}  // namespace wardroom::ctl
