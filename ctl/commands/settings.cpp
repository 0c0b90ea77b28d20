#include "ctl/commands/settings.hpp"

#include <ostream>

#include "ctl/commands/client.hpp"
#include "ctl/commands/table.hpp"
#include "protocol/methods/settings.hpp"

namespace wardroom::ctl {
namespace {

using protocol::Setting;
using protocol::SettingTaken;

const char* when_taken(SettingTaken taken) {
  return taken == SettingTaken::at_start ? "at a restart" : "at once";
}

std::string last_change(const Setting& setting) {
  if (!setting.changed_at) return "-";
  return local_minute(*setting.changed_at) +
         (setting.changed_by ? " by " + setting.changed_by->name : ", in the file");
}

std::string value_of(const Setting& setting) {
  return setting.value + (setting.in_file ? " (file: " + *setting.in_file + ")" : "");
}

void print_one(const Context& context, const Setting& setting) {
  context.out << setting.name << "\n"
              << "meaning    " << setting.meaning << "\n"
              << "value      " << setting.value << "\n";
  if (setting.in_file) context.out << "in file    " << *setting.in_file << ", not taken up yet\n";
  context.out << "default    " << setting.standard << "\n"
              << "allowed    " << setting.allowed << "\n"
              << "changed    " << last_change(setting) << "\n"
              << "can be set from here: "
              << (setting.settable ? std::string("yes; takes effect ") + when_taken(setting.taken)
                                   : std::string("no, on the server's machine only"))
              << "\n";
}

bool is_asked_for(const Setting& setting, const std::string& which) {
  return which.empty() || setting.name == which || setting.name.starts_with(which + ".");
}

}  // namespace

Result<void> settings_list(const Context& context, const SettingsArguments& arguments) {
  auto client = connect(context);
  if (!client) return client.error();
  auto list = (*client)->call<protocol::AdminSettingsList>();
  if (!list) return list.error();
  std::erase_if(list->settings,
                [&](const Setting& setting) { return !is_asked_for(setting, arguments.which); });
  if (list->settings.empty())
    return usage_error("There is no section or option " + arguments.which +
                       ". See them all: wardroomctl settings list");
  if (context.json) {
    context.out << protocol::encode(*list) << "\n";
    return ok();
  }
  if (list->problem) context.err << "wardroom.toml can't be read: " << *list->problem << "\n";
  if (list->settings.size() == 1) {
    print_one(context, list->settings.front());
    return ok();
  }
  Table table({"OPTION", "VALUE", "DEFAULT", "CHANGED", "COUNTS", "SET HERE"});
  for (const auto& setting : list->settings)
    table.add({setting.name, value_of(setting), setting.value == setting.standard ? "" : setting.standard,
               last_change(setting), when_taken(setting.taken), setting.settable ? "yes" : "no"});
  table.print(context.out);
  return ok();
}

Result<void> settings_set(const Context& context, const SettingsArguments& arguments) {
  protocol::AdminSettingsSet::Params params;
  for (const auto& change : arguments.changes) {
    const auto equals = change.find('=');
    if (equals == std::string::npos || equals == 0)
      return usage_error("Write what to change as NAME=VALUE, not " + change +
                         ". Example: limits.messages_per_second=8");
    params.changes.push_back({change.substr(0, equals), change.substr(equals + 1)});
  }
  auto client = connect(context);
  if (!client) return client.error();
  const auto set = (*client)->call<protocol::AdminSettingsSet>(params);
  if (!set) return set.error();
  if (context.json) {
    context.out << protocol::encode(*set) << "\n";
    return ok();
  }
  for (const auto& change : set->changed)
    context.out << change.name << ": was " << change.before << ", is " << change.after
                << (change.taken == SettingTaken::at_start ? " once the server is restarted" : " from now on")
                << "\n";
  if (set->changed.empty()) context.out << "Nothing to change: they have these values.\n";
  return ok();
}

}  // namespace wardroom::ctl
