#pragma once

#include "common/base/secret.hpp"
#include "common/desk/model/effects.hpp"
#include "common/desk/model/events.hpp"

namespace wardroom::desk {

// A server that a person has named, by a link or by an address and a fingerprint. What it shows is compared
// with that before a name or a password is asked for.
struct WantedServer {
  protocol::Introduction server;  // its key: the link's; by an address, none until it was found to be right
  std::string fingerprint;        // as it was typed, for an address
  Secret invite;                  // of a link; empty: it introduces, but invites nobody

  bool by_link() const { return fingerprint.empty(); }
};

WantedServer wanted_by_link(const protocol::InviteLink& link);
// Whether the event answers what is asked about this server.
bool is_about(const std::optional<WantedServer>& wanted, const PinFetched& event);
// Takes the key that the server shows; false: it is another one.
bool take_key(WantedServer& wanted, const Digest& shown);

}  // namespace wardroom::desk
