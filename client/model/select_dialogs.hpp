#pragma once

#include "client/model/props/dialogs.hpp"
#include "client/model/state.hpp"

namespace wardroom::client {

ReasonDialogProps select_reason_dialog(const State& state);
VersionsProps select_versions(const State& state);
SecondFactorProps select_second_factor(const State& state);
std::vector<DeviceRow> select_devices(const State& state);

}  // namespace wardroom::client
