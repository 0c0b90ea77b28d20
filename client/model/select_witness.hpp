#pragma once

#include "client/model/props/witness.hpp"
#include "client/model/state.hpp"

namespace wardroom::client {

LogAlarmProps select_log_alarm(const State& state);
WatchProps select_watch(const State& state);

}  // namespace wardroom::client
