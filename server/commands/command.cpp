#include "server/commands/command.hpp"

#include "server/commands/denial.hpp"

namespace wardroom::commands::detail {

void submit_reading(std::string_view method, const Invocation& in, Reading reading) {
  const JsonReply reply(in.services.hub, in.call);
  in.services.readers.submit(
      [&services = in.services, reply, method, reading = std::move(reading)](sqlite::Connection& db) {
        ReadContext context{db, reply.call(), services};
        Result<std::string> result = reading(context);
        if (db.failure()) result = *db.failure();
        if (!result) record_denial(services, reply.call(), method, result.error());
        reply.send(result);
      },
      [reply](const Error& error) { reply.send(error); });
}

}  // namespace wardroom::commands::detail
