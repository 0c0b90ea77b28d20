#include "server/app/options_record.hpp"

#include <map>

#include "common/base/log.hpp"
#include "protocol/json_text.hpp"
#include "server/app/option_table.hpp"
#include "server/audit/log.hpp"

namespace wardroom::app {
namespace {

// Every option as the file would have it. There is no secret among them: those are files of their own.
using Effective = std::map<std::string, std::string>;

Effective effective(const Options& options) {
  Effective all;
  for (const OptionRow& row : option_table()) all[key_of(row)] = value_as_toml(row, options);
  return all;
}

audit::Details describe(const Effective& options) {
  audit::Details details;
  for (const auto& [key, value] : options) details.add(key, value);
  return details;
}

Effective decode(const std::string& text) {
  Effective options;
  const auto json = protocol::parse_json(text);
  const auto* object = json ? json->if_object() : nullptr;
  if (!object) return options;
  for (const auto& [key, value] : *object)
    if (const auto* string = value.if_string())
      options.emplace(std::string(key), std::string(string->data(), string->size()));
  return options;
}

// What differs, each side without what the other has as well.
struct Difference {
  Effective before, after;
};
Difference compare(const Effective& before, const Effective& after) {
  Difference difference;
  for (const auto& [key, value] : after) {
    const auto was = before.find(key);
    // An option that the earlier version didn't have was at its default.
    if (was == before.end() || was->second == value) continue;
    difference.before.emplace(key, was->second);
    difference.after.emplace(key, value);
  }
  return difference;
}

class OptionsJob final : public store::WriteJob {
 public:
  explicit OptionsJob(Effective options) : options_(std::move(options)) {}

  Result<void> run(store::WriteTx& tx) override {
    const auto before = tx.db.find<std::string>("SELECT value FROM meta WHERE key = 'options'");
    const std::string now = describe(options_).json();
    if (before == now) return ok();
    if (before) {
      const auto difference = compare(decode(*before), options_);
      if (!difference.after.empty()) {
        audit::Record record{.type = audit::Type::settings_changed};
        record.before = describe(difference.before);
        record.after = describe(difference.after);
        audit::append_record(tx, record);
      }
    }
    tx.db.run(
        "INSERT INTO meta (key, value) VALUES ('options', ?)"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        now);
    return ok();
  }
  void finished(const Result<void>& outcome) noexcept override {
    if (!outcome) spdlog::error("audit.record_failed type=settings.changed");
  }
  bool is_vital() const override { return true; }

 private:
  Effective options_;
};

// Nothing when the option is the same.
std::optional<TakesEffect> when_taken(const OptionRow& row, const Options& running, const Options& file) {
  if (value_as_toml(row, running) == value_as_toml(row, file)) return std::nullopt;
  // Links name the first host, so that one is the start's.
  const bool is_linked =
      key_of(row) == "server.hosts" && running.server.hosts.front() != file.server.hosts.front();
  return is_linked ? TakesEffect::at_start : row.when;
}

}  // namespace

std::string options_that_wait(const Options& running, const Options& file) {
  std::string names;
  for (const OptionRow& row : option_table())
    if (when_taken(row, running, file) == TakesEffect::at_start)
      names += (names.empty() ? "" : ", ") + key_of(row);
  return names;
}

std::string describe_changes(const Options& running, const Options& file) {
  std::string lines;
  for (const OptionRow& row : option_table())
    if (const auto when = when_taken(row, running, file); when && when != TakesEffect::when_used)
      lines += key_of(row) + ": " + value_as_toml(row, file) + " in the file, " +
               value_as_toml(row, running) + " in the running server; takes effect " +
               std::string{describe(*when)} + "\n";
  return lines;
}

void submit_options_record(store::Writer& writer, const Options& options) {
  writer.submit(std::make_unique<OptionsJob>(effective(options)));
}

}  // namespace wardroom::app
