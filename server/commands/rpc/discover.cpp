#include "protocol/openrpc.hpp"
#include "server/commands/handlers.hpp"

namespace wardroom::commands {

void discover(LiveContext&, Empty, Reply<RpcDiscover> reply) {
  reply(RawJson{openrpc_document()});
}

}  // namespace wardroom::commands
