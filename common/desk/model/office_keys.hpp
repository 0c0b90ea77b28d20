#pragma once

#include <optional>

#include "common/desk/model/effects.hpp"
#include "common/desk/model/events.hpp"
#include "common/desk/model/sign_in.hpp"

// The keys by which the office is known, and what follows when they change (decision 0038).
namespace wardroom::desk {

inline bool is_at(const protocol::Introduction& a, const protocol::Introduction& b) {
  return a.host == b.host && a.port == b.port;
}

// The person's server is this one from now on. What was seen of the same office's log under another key goes
// with it.
template <class Turn>
void set_server(Turn& turn, const protocol::Introduction& now) {
  auto& server = turn.state.server;
  if (server && server->ca_pin != now.ca_pin && is_followed_by(*server, now))
    turn.effect(CarryWitness{server->ca_pin, now.ca_pin});
  server = now;
}

// The link learned other keys: for the server that the person named and isn't signed in at yet, or else for
// theirs, whose credentials are kept again.
template <class Turn>
void take_keys(Turn& turn, std::optional<WantedServer>& wanted, const KeysChanged& event) {
  auto& state = turn.state;
  if (wanted) {
    if (is_at(wanted->server, event.server) && is_followed_by(wanted->server, event.server))
      wanted->server = event.server;
    return;
  }
  if (!state.server || !is_at(*state.server, event.server) || !is_followed_by(*state.server, event.server))
    return;
  set_server(turn, event.server);
  if (state.signed_in()) turn.effect(SaveCredentials{{*state.server, state.token, *state.me}});
  state.count_change();
}

}  // namespace wardroom::desk
