#pragma once

#include "client/model/effects.hpp"
#include "client/model/state.hpp"
#include "common/desk/model/turn.hpp"
#include "common/language/tr.hpp"
#include "protocol/catalogue.hpp"

namespace wardroom::client {

using desk::Answer;

struct Turn : desk::TurnOf<Turn, State, Effect> {};

// Why nothing was asked of the server: call() refused.
inline const std::string& offline_text() {
  return tr("You're offline. Try again when the connection is back.");
}

}  // namespace wardroom::client
