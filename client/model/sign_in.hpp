#pragma once

#include "client/model/actions.hpp"
#include "client/model/turn.hpp"

// From an invite link or an address to a session. The server's key is looked at before a name or a password
// is asked for.
namespace wardroom::client {

void fail_sign_in(Turn& turn, const Error& error);
// What CheckInvite came to: an invite that is worth nothing is said to be before the form is filled in.
void take_invite_check(Turn& turn, const Error& error);

void fold(Turn& turn, const UseInviteLink& action);
void fold(Turn& turn, const UseAddress& action);
void fold(Turn& turn, const LookForServers& action);
void fold(Turn& turn, const ServersFound& event);
void fold(Turn& turn, const MakeAccount& action);
void fold(Turn& turn, const SignIn& action);
void fold(Turn& turn, const ChooseOtherServer& action);
void fold(Turn& turn, const LinkReceived& event);
void fold(Turn& turn, const PinFetched& event);
void fold(Turn& turn, const desk::KeysChanged& event);
void fold(Turn& turn, const protocol::SignedIn& event);

}  // namespace wardroom::client
