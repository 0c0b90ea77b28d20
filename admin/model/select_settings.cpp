#include <algorithm>

#include "admin/model/select_console.hpp"
#include "admin/model/sorting.hpp"
#include "admin/model/words.hpp"

namespace wardroom::admin {
namespace {

using protocol::Setting;
using protocol::SettingTaken;

std::string changed_words(const State& state, const Setting& setting) {
  if (!setting.changed_at) return "Nobody, as far as the log goes";
  const std::string when = past_text(state.zone, *setting.changed_at, state.now);
  if (setting.changed_by) return setting.changed_by->display_name + ", " + when;
  return "Somebody in the file; the server saw it " + when;
}

std::string counting_words(const Setting& setting) {
  if (!setting.settable)
    return "It is changed on the server's machine only: in wardroom.toml. With it, a stolen sign-in could "
           "end "
           "the log's copies or lose backups.";
  if (setting.taken == SettingTaken::at_start)
    return "A change is saved, and takes effect when the server is restarted.";
  return "A change takes effect at once.";
}

SettingCard setting_card(const State& state, const Setting& setting) {
  SettingCard card;
  card.name = setting.name;
  card.meaning = setting.meaning;
  card.allowed = setting.allowed;
  card.standard = setting.standard;
  card.value = setting.in_file.value_or(setting.value);
  if (setting.in_file)
    card.waits = "The file has " + *setting.in_file + ", and " + setting.value +
                 " counts until the server is " +
                 (setting.taken == SettingTaken::at_start ? "restarted." : "told to reload.");
  card.changed = changed_words(state, setting);
  card.counts = counting_words(setting);
  card.settable = setting.settable;
  return card;
}

OrderKey setting_key(const Setting& setting, std::size_t column) {
  switch (static_cast<SettingsColumn>(column)) {
    case SettingsColumn::name:
      return {setting.name};
    case SettingsColumn::value:
      return value_key(setting.value);
    case SettingsColumn::changed:
      return time_key(setting.changed_at);
  }
  return {};
}

}  // namespace

SettingsProps select_settings(const State& state) {
  const auto& settings = state.settings;
  SettingsProps props;
  props.loading = settings.loading;
  props.busy = settings.busy;
  props.error = settings.error;
  props.form_error = settings.form_error;
  props.saved = settings.saved;
  if (!settings.shown) return props;
  const auto& all = settings.shown->settings;
  props.problem = settings.shown->problem.value_or("");
  const auto differ = std::count_if(all.begin(), all.end(), [](const Setting& setting) {
    return setting.in_file.value_or(setting.value) != setting.standard;
  });
  props.summary = counted(static_cast<std::int64_t>(all.size()), "setting") + ", " + grouped(differ) +
                  (differ == 1 ? " isn't at its default" : " aren't at their defaults");
  props.sort = sort_of(state, ListName::settings);
  for (const std::size_t at : shown_places(state, ListName::settings, all, setting_key)) {
    const Setting& setting = all[at];
    if (setting.name == settings.selected) {
      props.selected = props.rows.size();
      props.card = setting_card(state, setting);
    }
    props.rows.push_back({setting.name, setting.value, setting.value != setting.standard,
                          setting.in_file.has_value(),
                          setting.changed_at ? past_text(state.zone, *setting.changed_at, state.now) : ""});
  }
  return props;
}

}  // namespace wardroom::admin
