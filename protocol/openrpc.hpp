#pragma once

#include <string>

namespace wardroom::protocol {

// The catalogue as an OpenRPC 1.2 document (https://spec.open-rpc.org).
std::string openrpc_document();

// The catalogue as Markdown: docs/protocol.md.
std::string protocol_markdown();

}  // namespace wardroom::protocol
