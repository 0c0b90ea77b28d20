#include "admin/model/settings.hpp"

namespace wardroom::admin {
namespace {

// Shown at once; who changed it when comes with the list.
void show_change(SettingsState& settings, const protocol::SettingChanged& change) {
  if (!settings.shown) return;
  for (auto& setting : settings.shown->settings) {
    if (setting.name != change.name) continue;
    const bool waits = change.taken == protocol::SettingTaken::at_start && setting.value != change.after;
    if (change.taken != protocol::SettingTaken::at_start) setting.value = change.after;
    setting.in_file = waits ? std::optional(change.after) : std::nullopt;
  }
}

}  // namespace

void load_settings(Turn& turn) {
  turn.state.settings.loading = turn.call<protocol::AdminSettingsList>({});
}

void fold(Turn& turn, const RefreshSettings&) {
  if (!turn.state.settings.loading) load_settings(turn);
}

void fold(Turn& turn, const SelectSetting& action) {
  turn.state.settings.selected = action.name;
  turn.state.settings.form_error.clear();
}

void fold(Turn& turn, const ChangeSetting& action) {
  auto& settings = turn.state.settings;
  if (settings.busy) return;
  settings.form_error.clear();
  protocol::AdminSettingsSet::Params params;
  params.changes.push_back({action.name, action.value});
  settings.busy = turn.call<protocol::AdminSettingsSet>(std::move(params));
  if (!settings.busy) settings.form_error = "There is no connection to the server now. Nothing was changed.";
}

void fold(Turn& turn, const Answer<protocol::AdminSettingsList>& answer) {
  auto& settings = turn.state.settings;
  settings.loading = false;
  if (answer.result) {
    settings.shown = *answer.result;
    settings.error.clear();
  } else if (turn.state.online()) {
    settings.error = answer.result.error().message;
  }
}

void fold(Turn& turn, const Answer<protocol::AdminSettingsSet>& answer) {
  auto& settings = turn.state.settings;
  settings.busy = false;
  if (!answer.result) {
    settings.form_error = answer.result.error().message;
    return;
  }
  ++settings.saved;
  for (const auto& change : answer.result->changed) {
    show_change(settings, change);
    show_toast(turn,
               change.name + (change.taken == protocol::SettingTaken::at_start
                                  ? " is saved, and takes effect when the server is restarted."
                                  : " is in effect now."),
               false);
  }
  if (answer.result->changed.empty()) show_toast(turn, "It had this value already.", false);
  load_settings(turn);
}

}  // namespace wardroom::admin
