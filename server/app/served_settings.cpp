#include "server/app/served_settings.hpp"

#include <algorithm>

#include "common/base/log.hpp"
#include "server/app/option_values.hpp"
#include "server/app/options_record.hpp"
#include "server/app/options_text.hpp"
#include "server/ops/durable_file.hpp"

namespace wardroom::app {
namespace {

using protocol::SettingChange;
using protocol::SettingTaken;

SettingTaken taken_on_wire(TakesEffect when) {
  switch (when) {
    case TakesEffect::at_start:
      return SettingTaken::at_start;
    case TakesEffect::at_reload:
      return SettingTaken::at_reload;
    case TakesEffect::when_used:
      break;
  }
  return SettingTaken::when_used;
}

// What nothing takes up before a restart, and what the server has no copy of, counts as it is in the file.
const Options& in_force(const OptionRow& row, const Options& running, const Options& file) {
  return row.when == TakesEffect::when_used ? file : running;
}

protocol::Setting describe_setting(const OptionRow& row, const Options& running, const Options& file) {
  static const Options kDefaults;
  protocol::Setting setting;
  setting.name = key_of(row);
  setting.meaning = row.meaning;
  setting.allowed = allowed_values(row);
  setting.standard = value_as_toml(row, kDefaults);
  setting.value = value_as_toml(row, in_force(row, running, file));
  if (auto value = value_as_toml(row, file); value != setting.value) setting.in_file = std::move(value);
  setting.taken = taken_on_wire(when_taken(row, running, file).value_or(row.when));
  setting.settable = is_set_from_afar(row);
  return setting;
}

std::string change_field(std::size_t change, const char* part) {
  return "params.changes[" + std::to_string(change) + "]." + part;
}

// The options that are named, in the order of the changes; their values are in `wanted`.
Result<std::vector<const OptionRow*>> read_changes(const std::vector<SettingChange>& changes,
                                                   Options& wanted) {
  std::vector<const OptionRow*> rows;
  for (std::size_t i = 0; i < changes.size(); ++i) {
    const auto& [name, value] = changes[i];
    const OptionRow* row = find_option(name);
    if (!row)
      return params_error(
          change_field(i, "name"),
          "T" + describe_unknown_option(name, " See them all: wardroomctl settings list").substr(1));
    if (std::find(rows.begin(), rows.end(), row) != rows.end())
      return params_error(change_field(i, "name"), name + " is named twice. Name each option once.");
    if (!is_set_from_afar(*row))
      return conflict("set_on_machine", name +
                                            " is changed on the server's machine only: in wardroom.toml, "
                                            "then with wardroomd reload or a restart.");
    if (auto set = set_option(*row, value, wanted); !set)
      return params_error(change_field(i, "value"), set.error().message);
    rows.push_back(row);
  }
  return rows;
}

// What one option can't see, with the field of the change that it is about.
Result<void> check_bounds(const std::vector<SettingChange>& changes, const Options& wanted) {
  const auto checked = check_together(wanted);
  if (checked) return ok();
  const std::string& key = checked.error().field;
  const auto at = std::find_if(changes.begin(), changes.end(),
                               [&](const SettingChange& change) { return change.name == key; });
  const std::string field = at == changes.end()
                                ? std::string("params.changes")
                                : change_field(static_cast<std::size_t>(at - changes.begin()), "value");
  return params_error(field, key + " " + checked.error().message + ".");
}

// What the server goes by once these are in the file.
Options counting(const std::vector<const OptionRow*>& rows, Options running, const Options& wanted) {
  for (const OptionRow* row : rows)
    if (row->when == TakesEffect::at_reload) copy_option(*row, wanted, running);
  return running;
}

}  // namespace

Options ServedSettings::running() const {
  const std::lock_guard lock(mutex_);
  return running_;
}

protocol::AdminSettingsList::Result ServedSettings::load() const {
  const std::lock_guard lock(mutex_);
  const auto file = load_options(dir_.config());
  protocol::AdminSettingsList::Result result;
  if (!file) result.problem = file.error().message;
  for (const OptionRow& row : option_table())
    result.settings.push_back(describe_setting(row, running_, file ? *file : running_));
  return result;
}

// What file and server have now, to be changed.
Result<ServedSettings::Taken> ServedSettings::begin_change() const {
  const auto text = ops::read_small_file(dir_.config());
  if (!text) return text.error();
  const auto file = load_options(dir_.config());
  if (!file)
    return conflict("settings_unreadable",
                    "Nothing was changed, because the file has a mistake that must be "
                    "fixed on the server's machine first. " +
                        file.error().message);
  return Taken{{}, *file, running_, *file, *text, {}};
}

// The file as it is to be. Before anything is done: what can't be written must not be half made.
Result<void> ServedSettings::compose(Taken& change) const {
  auto text = replace_options(change.text_before, dir_.config().string(), change.rows, change.wanted);
  if (!text) return text.error();
  change.text = *std::move(text);
  return ok();
}

Result<commands::ServerSettings::Change> ServedSettings::change(const std::vector<SettingChange>& changes) {
  const std::lock_guard lock(mutex_);
  auto begun = begin_change();
  if (!begun) return begun.error();
  Taken& change = *begun;
  const Options& file = change.file_before;
  const auto named = read_changes(changes, change.wanted);
  if (!named) return named.error();
  if (auto holds = check_bounds(changes, change.wanted); !holds) return holds.error();
  if (auto holds = check_bounds(changes, counting(*named, running_, change.wanted)); !holds)
    return params_error(holds.error().field,
                        holds.error().message +
                            " The file has it so, but the server runs with other values than the file's: "
                            "wardroomd reload takes those up.");
  Change done;
  for (const OptionRow* row : *named) {
    const std::string after = value_as_toml(*row, change.wanted);
    const auto taken = when_taken(*row, running_, change.wanted).value_or(row->when);
    const bool is_live = taken == TakesEffect::at_reload;
    const std::string before = value_as_toml(*row, is_live ? running_ : file);
    if (before == after && value_as_toml(*row, file) == after) continue;
    change.rows.push_back(row);
    // A hand in the file alone, which was never taken up, is put right; nobody was served otherwise.
    if (before == after) continue;
    done.changed.push_back({key_of(*row), before, after, taken_on_wire(taken)});
  }
  if (change.rows.empty()) return done;
  if (auto composed = compose(change); !composed) return composed.error();
  const bool has_hosts =
      std::find(change.rows.begin(), change.rows.end(), find_option("server.hosts")) != change.rows.end();
  const auto taken_up =
      has_hosts ? change_hosts_(change.wanted, std::nullopt, [&] { return write_and_apply(change); })
                : write_and_apply(change);
  if (!taken_up) return taken_up.error();
  done.undo = [this, change = std::move(change)] { put_back(change); };
  return done;
}

Result<commands::ServerSettings::Change> ServedSettings::add_host(const std::string& host) {
  const auto added = ops::parse_host(host);
  if (!added) return params_error("params.name", added.error().message);
  const std::lock_guard lock(mutex_);
  auto begun = begin_change();
  if (!begun) return begun.error();
  Taken& change = *begun;
  if (change.file_before.server.hosts != running_.server.hosts)
    return conflict("hosts_waiting",
                    "Nothing was added, because wardroom.toml names other hosts than those that are served, "
                    "and nobody took them up. First have the server do that (on its machine: wardroomd "
                    "reload), or set server.hosts.");
  Change done;
  auto& hosts = change.wanted.server.hosts;
  if (std::find(hosts.begin(), hosts.end(), added->text) == hosts.end()) {
    hosts.push_back(added->text);
    const OptionRow* row = find_option("server.hosts");
    change.rows.push_back(row);
    if (auto composed = compose(change); !composed) return composed.error();
    done.changed.push_back({key_of(*row), value_as_toml(*row, change.file_before),
                            value_as_toml(*row, change.wanted), taken_on_wire(row->when)});
  }
  const auto taken_up = change_hosts_(change.wanted, *added,
                                      [&] { return change.rows.empty() ? ok() : write_and_apply(change); });
  if (!taken_up) return taken_up.error();
  spdlog::info("server.host_added host={} asked=true", added->text);
  if (!change.rows.empty()) done.undo = [this, change = std::move(change)] { put_back(change); };
  return done;
}

Result<void> ServedSettings::write_and_apply(const Taken& change) {
  if (auto written = ops::write_durably(dir_.config(), change.text, 0600); !written) return written;
  count_from_now(change);
  return ok();
}

void ServedSettings::count_from_now(const Taken& change) {
  for (const OptionRow* row : change.rows) {
    if (row->when == TakesEffect::at_reload) copy_option(*row, change.wanted, running_);
    spdlog::info("server.setting_changed name={}", key_of(*row));
  }
  apply_(running_);
}

// On the writer's thread, before anybody is told of the change. A reload may have taken it up again
// meanwhile.
void ServedSettings::put_back(const Taken& change) {
  const std::lock_guard lock(mutex_);
  const auto written = write_back(change);
  for (const OptionRow* row : change.rows) {
    if (row->when == TakesEffect::at_reload) copy_option(*row, change.running_before, running_);
    if (written)
      spdlog::warn("server.setting_put_back name={}", key_of(*row));
    else
      spdlog::error("server.setting_not_put_back name={} message=\"{}\"", key_of(*row),
                    written.error().message);
  }
  apply_(running_);
}

// Only these options, if somebody else wrote the file meanwhile.
Result<void> ServedSettings::write_back(const Taken& change) const {
  const auto text = ops::read_small_file(dir_.config());
  if (!text) return text.error();
  if (*text == change.text) return ops::write_durably(dir_.config(), change.text_before, 0600);
  const auto before = replace_options(*text, dir_.config().string(), change.rows, change.file_before);
  if (!before) return before.error();
  return ops::write_durably(dir_.config(), *before, 0600);
}

Result<Options> ServedSettings::file() const {
  const std::lock_guard lock(mutex_);
  return load_options(dir_.config());
}

Result<Options> ServedSettings::take_up(const Ready& ready) {
  const std::lock_guard lock(mutex_);
  auto file = load_options(dir_.config());
  if (!file) return file;
  if (auto is_ready = ready(*file); !is_ready) return is_ready.error();
  for (const OptionRow& row : option_table())
    if (when_taken(row, running_, *file) == TakesEffect::at_reload) copy_option(row, *file, running_);
  apply_(running_);
  return file;
}

Result<Options> ServedSettings::write(const std::function<Result<Options>()>& write_file) {
  const std::lock_guard lock(mutex_);
  return write_file();
}

}  // namespace wardroom::app
