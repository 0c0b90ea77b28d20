#pragma once

#include "admin/model/actions.hpp"
#include "admin/model/turn.hpp"

// From a link or an address to a session. The server's key is looked at before a name or a password is asked
// for.
namespace wardroom::admin {

void fail_sign_in(Turn& turn, const Error& error);
// Whether the console has anything for a person of this role.
bool may_enter(protocol::Role role);
// Why not, as a sentence for the person.
std::string refusal_for(protocol::Role role);

void fold(Turn& turn, const UseInviteLink& action);
void fold(Turn& turn, const UseAddress& action);
void fold(Turn& turn, const SignIn& action);
void fold(Turn& turn, const ChooseNewPassword& action);
void fold(Turn& turn, const ChooseOtherServer& action);
void fold(Turn& turn, const Answer<protocol::AccountChangePassword>& answer);
void fold(Turn& turn, const PinFetched& event);
void fold(Turn& turn, const desk::KeysChanged& event);
void fold(Turn& turn, const protocol::SignedIn& event);

}  // namespace wardroom::admin
