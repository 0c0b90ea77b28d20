#pragma once

#include <map>
#include <optional>
#include <string>

#include "common/sqlite/connection.hpp"
#include "server/audit/details.hpp"

// The options of wardroom.toml as the log knows them: names and values as the file would have them. There is
// no secret among them: those are files of their own.
namespace wardroom::audit {

using OptionValues = std::map<std::string, std::string>;
Details describe_options(const OptionValues& options);

// As the file had them when the server last looked, and what was recorded since: whatever differs from it
// needs a record. Nothing before the first start.
std::optional<OptionValues> load_option_values(sqlite::Connection& db);
void store_option_values(sqlite::Connection& db, const OptionValues& values);

struct OptionChange {
  TimePoint at;
  std::optional<UserId> by;  // nothing: a change in the file, which the server noticed then
};
// The last change of each option, by its name. Those whose records were pruned aren't among them.
std::map<std::string, OptionChange> load_option_changes(sqlite::Connection& db);

}  // namespace wardroom::audit
