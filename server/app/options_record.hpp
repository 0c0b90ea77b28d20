#pragma once

#include <functional>
#include <optional>
#include <string>

#include "server/app/option_table.hpp"
#include "server/store/writer.hpp"

namespace wardroom::app {

// What takes up the option's value in the file; nothing when it is the same.
std::optional<TakesEffect> when_taken(const OptionRow& row, const Options& running, const Options& file);
// The names of the options that differ and that a reload doesn't take up, with commas between them; without
// any, nothing.
std::string options_that_wait(const Options& running, const Options& file);
// A line for each option that differs: what runs, what the file has, and what takes it up. Without any,
// nothing.
std::string describe_changes(const Options& running, const Options& file);

// Records settings.changed when the file's options aren't those that the log knows of: what was and what is,
// of those that differ. The first start has nothing to compare with. Any thread.
void submit_options_record(store::Writer& writer, const Options& options);
// The same of what `read` gives in the record's turn: another change of the file that is on record by then
// isn't taken for a change back. Writer thread; without options nothing is recorded.
void submit_options_record(store::Writer& writer, std::function<Result<Options>()> read);

}  // namespace wardroom::app
