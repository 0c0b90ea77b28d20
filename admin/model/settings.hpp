#pragma once

#include "admin/model/actions.hpp"
#include "admin/model/turn.hpp"

// The server's options.
namespace wardroom::admin {

void load_settings(Turn& turn);

void fold(Turn& turn, const RefreshSettings& action);
void fold(Turn& turn, const SelectSetting& action);
void fold(Turn& turn, const ChangeSetting& action);
void fold(Turn& turn, const Answer<protocol::AdminSettingsList>& answer);
void fold(Turn& turn, const Answer<protocol::AdminSettingsSet>& answer);

}  // namespace wardroom::admin
