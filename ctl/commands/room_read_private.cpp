#include <ostream>

#include "ctl/commands/find_rooms.hpp"
#include "ctl/commands/message_lines.hpp"
#include "ctl/commands/retention.hpp"

namespace wardroom::ctl {
namespace {

std::optional<Seq> to_seq(const std::optional<std::int64_t>& number) {
  return number ? std::optional(Seq{*number}) : std::nullopt;
}

}  // namespace

Result<void> room_read_private(const Context& context, const ReadPrivateArguments& arguments) {
  auto client = connect(context);
  if (!client) return client.error();
  const auto room = find_any_room(**client, arguments.room);
  if (!room) return room.error();
  const auto page = (*client)->call<protocol::AdminAccessPrivateRoom>(
      {room->id, arguments.reason, to_seq(arguments.before), to_seq(arguments.after),
       to_seq(arguments.around), arguments.limit});
  if (!page) return page.error();
  MessageLines lines(context, arguments.numbers);
  lines.add_people(page->users);
  for (const auto& message : page->messages) lines.print(**client, message);
  if (!context.json && page->more.before && !page->messages.empty())
    context.err << "Earlier ones: --before " << page->messages.front().seq.value << "\n";
  return ok();
}

}  // namespace wardroom::ctl
