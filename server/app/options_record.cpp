#include "server/app/options_record.hpp"

#include "common/base/log.hpp"
#include "server/app/option_table.hpp"
#include "server/audit/log.hpp"
#include "server/audit/option_log.hpp"

namespace wardroom::app {
namespace {

using audit::OptionValues;

OptionValues values_of(const Options& options) {
  OptionValues all;
  for (const OptionRow& row : option_table()) all[key_of(row)] = value_as_toml(row, options);
  return all;
}

// What differs, each side without what the other has as well.
struct Difference {
  OptionValues before, after;
};
Difference compare(const OptionValues& before, const OptionValues& after) {
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
  explicit OptionsJob(std::function<Result<Options>()> read) : read_(std::move(read)) {}

  Result<void> run(store::WriteTx& tx) override {
    const auto file = read_();
    if (!file) return file.error();
    const auto before = audit::load_option_values(tx.db);
    const OptionValues now = values_of(*file);
    if (before == now) return ok();
    if (before) {
      const auto difference = compare(*before, now);
      if (!difference.after.empty()) {
        audit::Record record{.type = audit::Type::settings_changed};
        record.before = audit::describe_options(difference.before);
        record.after = audit::describe_options(difference.after);
        audit::append_record(tx, record);
      }
    }
    audit::store_option_values(tx.db, now);
    return ok();
  }
  void finished(const Result<void>& outcome) override {
    if (!outcome)
      spdlog::error("audit.record_failed type=settings.changed message=\"{}\"", outcome.error().message);
  }
  bool is_vital() const override { return true; }

 private:
  std::function<Result<Options>()> read_;
};

}  // namespace

std::optional<TakesEffect> when_taken(const OptionRow& row, const Options& running, const Options& file) {
  if (value_as_toml(row, running) == value_as_toml(row, file)) return std::nullopt;
  return row.when;
}

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
  submit_options_record(writer, [options] { return Result<Options>(options); });
}

void submit_options_record(store::Writer& writer, std::function<Result<Options>()> read) {
  writer.submit(std::make_unique<OptionsJob>(std::move(read)));
}

}  // namespace wardroom::app
