#pragma once

#include "admin/model/actions.hpp"
#include "admin/model/turn.hpp"

// The start, coming online, going offline, and the end of a session.
namespace wardroom::admin {

// The session is over, by the person's wish or the server's: back to the sign-in. `why` is shown there.
void leave_session(Turn& turn, std::string why);
// The role of the person who is signed in is, or has become, this one.
void take_own_role(Turn& turn, protocol::Role role);
// What the office wants of the person before they go on has become this.
void take_duty(Turn& turn, Duty duty);

void fold(Turn& turn, const Started& event);
void fold(Turn& turn, const LinkChanged& event);
void fold(Turn& turn, const protocol::SessionResume::Result& event);
void fold(Turn& turn, const protocol::AccountChanged& event);
void fold(Turn& turn, const protocol::SessionRevoked& event);
void fold(Turn& turn, const Answer<protocol::SessionClose>& answer);
void fold(Turn& turn, const SignOut& action);

}  // namespace wardroom::admin
