#include "protocol/openrpc.hpp"
#include "tests/generated_document.hpp"

TEST_CASE("docs/protocol.md is what the catalogue says") {
  check_generated_document("docs/protocol.md", wardroom::protocol::protocol_markdown());
}
