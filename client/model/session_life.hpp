#pragma once

#include "client/model/actions.hpp"
#include "client/model/turn.hpp"

// Coming online, going offline, the first start's data, and the end of a session.
namespace wardroom::client {

// The session is over, by the person's wish or the server's: back to the sign-in. `why` is shown there.
void leave_session(Turn& turn, std::string why);

void fold(Turn& turn, const Tick& event);
void fold(Turn& turn, const WindowFocused& event);
void fold(Turn& turn, const ProfileLoaded& event);
void fold(Turn& turn, const LinkChanged& event);
void fold(Turn& turn, const protocol::SessionResume::Result& event);
void fold(Turn& turn, const protocol::SessionRevoked& event);
void fold(Turn& turn, const Answer<protocol::SessionClose>& answer);
void fold(Turn& turn, const SignOut& action);

}  // namespace wardroom::client
