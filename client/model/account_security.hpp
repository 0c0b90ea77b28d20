#pragma once

#include "client/model/actions.hpp"
#include "client/model/turn.hpp"

// The second factor, the devices that are signed in, and what the office wants before it lets the person in.
namespace wardroom::client {

// Takes over what the server says must be done first, and asks for what that kept back once it is done.
void take_duties(Turn& turn, bool must_change_password, bool must_enrol_second_factor);

void fold(Turn& turn, const LoadDevices& action);
void fold(Turn& turn, const EndSession& action);
void fold(Turn& turn, const LoadSecondFactor& action);
void fold(Turn& turn, const BeginSecondFactor& action);
void fold(Turn& turn, const ConfirmSecondFactor& action);
void fold(Turn& turn, const RemoveSecondFactor& action);
void fold(Turn& turn, const FinishSecondFactor& action);
void fold(Turn& turn, const Answer<protocol::SessionList>& answer);
void fold(Turn& turn, const Answer<protocol::SessionRevoke>& answer);
void fold(Turn& turn, const Answer<protocol::AccountGet>& answer);
void fold(Turn& turn, const Answer<protocol::AccountTotpBegin>& answer);
void fold(Turn& turn, const Answer<protocol::AccountTotpConfirm>& answer);
void fold(Turn& turn, const Answer<protocol::AccountTotpRemove>& answer);
void fold(Turn& turn, const protocol::AccountChanged& event);

}  // namespace wardroom::client
