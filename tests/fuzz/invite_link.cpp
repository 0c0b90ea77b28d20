#include "protocol/invite_link.hpp"

#include <cstdlib>

// Any text as an invite link: it is refused with a reason, or composes to a link that means the same.

using namespace wardroom;
using namespace wardroom::protocol;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const auto link = parse_invite_link({reinterpret_cast<const char*>(data), size});
  if (!link) {
    require(!link.error().message.empty());
    return 0;
  }
  const Secret composed = compose_invite_link(*link);
  const auto again = parse_invite_link(composed.reveal());
  require(again.has_value());
  require(again->host == link->host && again->port == link->port && again->ca_pin == link->ca_pin &&
          again->next_pin == link->next_pin && again->token.reveal() == link->token.reveal());
  require(matches_fingerprint(link->ca_pin, fingerprint(link->ca_pin)));
  return 0;
}
