#include "server/commands/command.hpp"

namespace wardroom::commands::detail {

void submit_reading(Invocation in, Reading reading) {
  const JsonReply reply(in.services.hub, in.call);
  const bool queued = in.services.readers.submit(
      [&services = in.services, reply, reading = std::move(reading)](sqlite::Connection& db) {
        ReadContext context{db, reply.call(), services};
        Result<std::string> result = reading(context);
        if (db.failure()) result = *db.failure();
        reply.send(result);
      });
  if (!queued)
    reply.send(
        unavailable("The server has too much to read. Try again in a moment.", std::chrono::seconds{1}));
}

}  // namespace wardroom::commands::detail
