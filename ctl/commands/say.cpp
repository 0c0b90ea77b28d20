#include <ostream>

#include "common/base/uuid.hpp"
#include "ctl/commands/client.hpp"
#include "ctl/commands/commands.hpp"
#include "ctl/commands/file.hpp"
#include "ctl/commands/find_rooms.hpp"
#include "ctl/commands/typed_text.hpp"

namespace wardroom::ctl {

Result<void> say(const Context& context, const SayArguments& arguments) {
  if (!arguments.files.empty()) {
    FileArguments with{arguments.room, arguments.files, {}, {}, {}, false};
    if (!arguments.words.empty()) with.text = typed_text(context, arguments.words);
    return file_send(context, with);
  }
  const std::string text = typed_text(context, arguments.words);
  auto client = connect(context);
  if (!client) return client.error();
  const auto room = find_room(**client, arguments.room);
  if (!room) return room.error();
  protocol::MessagePost::Params params{room->id, to_string(make_uuid7(SystemClock().now())), text,
                                       std::nullopt};
  if (arguments.thread > 0) params.thread = Seq{arguments.thread};
  auto posted = (*client)->call<protocol::MessagePost>(params);
  if (!posted && posted.error().reason == link::reason::kConnectionLost) {
    // The same client_id again posts nothing twice.
    client = connect(context);
    if (!client) return client.error();
    posted = (*client)->call<protocol::MessagePost>(params);
  }
  if (!posted) return posted.error();
  if (context.json) context.out << protocol::encode(*posted) << "\n";
  return ok();
}

}  // namespace wardroom::ctl
