#include "ctl/commands/message.hpp"

#include <ostream>

#include "ctl/commands/client.hpp"
#include "ctl/commands/find_rooms.hpp"
#include "ctl/commands/message_lines.hpp"
#include "ctl/commands/people.hpp"
#include "ctl/commands/table.hpp"
#include "ctl/commands/typed_text.hpp"

namespace wardroom::ctl {
namespace {

struct MessagePlace {
  Client client;
  protocol::MyRoom room;
};

Result<MessagePlace> enter(const Context& context, const MessageArguments& arguments) {
  auto client = connect(context);
  if (!client) return client.error();
  auto room = find_room(**client, arguments.room);
  if (!room) return room.error();
  return MessagePlace{std::move(*client), std::move(*room)};
}

std::optional<std::string> optional_reason(const MessageArguments& arguments) {
  return arguments.reason.empty() ? std::nullopt : std::optional(arguments.reason);
}

// The changes answer alike: nothing to say to a person, the room's number to a program.
template <class M>
Result<void> change(const Context& context, const MessageArguments& arguments,
                    typename M::Params (*params)(RoomId, Seq, const MessageArguments&)) {
  auto place = enter(context, arguments);
  if (!place) return place.error();
  const auto changed = place->client->template call<M>(params(place->room.id, Seq{arguments.seq}, arguments));
  if (!changed) return changed.error();
  if (context.json) context.out << protocol::encode(*changed) << "\n";
  return ok();
}

}  // namespace

Result<void> message_edit(const Context& context, const MessageArguments& arguments) {
  MessageArguments typed = arguments;
  typed.words = {typed_text(context, arguments.words)};
  return change<protocol::MessageEdit>(context, typed, [](RoomId room, Seq seq, const MessageArguments& a) {
    return protocol::MessageEdit::Params{room, seq, a.words.front()};
  });
}

Result<void> message_delete(const Context& context, const MessageArguments& arguments) {
  return change<protocol::MessageDelete>(
      context, arguments, [](RoomId room, Seq seq, const MessageArguments& a) {
        return protocol::MessageDelete::Params{room, seq, optional_reason(a)};
      });
}

Result<void> message_restore(const Context& context, const MessageArguments& arguments) {
  return change<protocol::MessageRestore>(
      context, arguments, [](RoomId room, Seq seq, const MessageArguments& a) {
        return protocol::MessageRestore::Params{room, seq, optional_reason(a)};
      });
}

Result<void> message_react(const Context& context, const MessageArguments& arguments) {
  return change<protocol::MessageReact>(context, arguments,
                                        [](RoomId room, Seq seq, const MessageArguments& a) {
                                          return protocol::MessageReact::Params{room, seq, a.emoji, !a.off};
                                        });
}

Result<void> message_pin(const Context& context, const MessageArguments& arguments) {
  return change<protocol::MessagePin>(context, arguments,
                                      [](RoomId room, Seq seq, const MessageArguments& a) {
                                        return protocol::MessagePin::Params{room, seq, !a.off};
                                      });
}

Result<void> message_pins(const Context& context, const MessageArguments& arguments) {
  auto place = enter(context, arguments);
  if (!place) return place.error();
  const auto pins = place->client->call<protocol::MessagePins>({place->room.id});
  if (!pins) return pins.error();
  if (context.json) {
    context.out << protocol::encode(*pins) << "\n";
    return ok();
  }
  MessageLines lines(context, true);
  lines.add_people(pins->users);
  for (const auto& message : pins->messages) lines.print(*place->client, message);
  return ok();
}

Result<void> message_versions(const Context& context, const MessageArguments& arguments) {
  auto place = enter(context, arguments);
  if (!place) return place.error();
  const auto versions = place->client->call<protocol::MessageVersions>({place->room.id, Seq{arguments.seq}});
  if (!versions) return versions.error();
  if (context.json) {
    context.out << protocol::encode(*versions) << "\n";
    return ok();
  }
  People people;
  people.add(versions->users);
  Table table({"VERSION", "TIME", "WHAT", "BY", "TEXT"});
  for (const auto& version : versions->versions) {
    const auto& by = people.find(*place->client, version.by);
    table.add({std::to_string(version.version), local_second(version.at),
               std::string(protocol::enum_name(version.act)), People::nick_of(by),
               version.act == protocol::MessageVersion::Act::deleted ? version.reason : version.text});
  }
  table.print(context.out);
  return ok();
}

}  // namespace wardroom::ctl
