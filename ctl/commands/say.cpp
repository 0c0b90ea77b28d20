#include <iterator>
#include <ostream>

#include "common/base/uuid.hpp"
#include "ctl/commands/client.hpp"
#include "ctl/commands/commands.hpp"
#include "ctl/commands/find_room.hpp"

namespace wardroom::ctl {

Result<void> say(const Context& context, const SayArguments& arguments) {
  std::string text;
  for (const auto& word : arguments.words) text += (text.empty() ? "" : " ") + word;
  if (arguments.words.empty()) {
    text.assign(std::istreambuf_iterator<char>(context.in), {});
    while (text.ends_with('\n') || text.ends_with('\r')) text.pop_back();
  }
  auto client = connect(context);
  if (!client) return client.error();
  const auto room = find_room(**client, arguments.room);
  if (!room) return room.error();
  const protocol::MessagePost::Params params{room->id, to_string(make_uuid7(SystemClock().now())), text,
                                             std::nullopt};
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
