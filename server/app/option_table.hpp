#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "common/base/result.hpp"
#include "server/app/options.hpp"

namespace wardroom::app {

// How an option's value looks in the file.

struct IntegerOption {
  std::int64_t least;
  std::int64_t most;
  std::int64_t (*get)(const Options&);
  void (*set)(Options&, std::int64_t);  // the value is in range
};

struct TextOption {
  const std::string& (*get)(const Options&);
  Result<void> (*set)(Options&, const std::string&);  // the error's message is the end of "KEY must be …"
  std::string_view allowed;
};

struct ListOption {
  const std::vector<std::string>& (*get)(const Options&);
  Result<void> (*set)(Options&, const std::vector<std::string>&);
  std::string_view allowed;
};

// When a change in the file is noticed.
enum class TakesEffect { at_start, at_reload, when_used };

struct OptionRow {
  std::string_view section;
  std::string_view name;
  std::variant<IntegerOption, TextOption, ListOption> kind;
  std::string_view meaning;  // one sentence
  TakesEffect when = TakesEffect::at_start;
};

// Every option, in the order of the file.
std::span<const OptionRow> option_table();

std::string_view section_meaning(std::string_view section);

// "limits.ping_seconds"
std::string key_of(const OptionRow& row);
// "a whole number from 1 to 600"
std::string allowed_values(const OptionRow& row);
// Whether an administrator may change it from afar. What proves and what restores the office is changed on
// its machine only: a stolen sign-in of an administrator must not end the log's copies, nor have backups
// removed. Nor must it say which of the machine's folders everybody may read.
bool is_set_from_afar(const OptionRow& row);
// As TOML: 45, "info", ["::"].
std::string value_as_toml(const OptionRow& row, const Options& options);

// "at a reload"
std::string_view describe(TakesEffect when);
// What one row can't see: bounds that depend on each other. The error's field is the key.
Result<void> check_together(const Options& options);

}  // namespace wardroom::app
