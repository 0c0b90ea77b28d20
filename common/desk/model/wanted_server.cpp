#include "common/desk/model/wanted_server.hpp"

namespace wardroom::desk {

WantedServer wanted_by_link(const protocol::InviteLink& link) {
  return {protocol::introduction_of(link), {}, link.token};
}

bool is_about(const std::optional<WantedServer>& wanted, const PinFetched& event) {
  return wanted && wanted->server.host == event.host && wanted->server.port == event.port;
}

bool take_key(WantedServer& wanted, const Digest& shown) {
  const bool right = wanted.by_link() ? wanted.server.ca_pin == shown
                                      : protocol::matches_fingerprint(shown, wanted.fingerprint);
  if (right) wanted.server.ca_pin = shown;
  return right;
}

}  // namespace wardroom::desk
