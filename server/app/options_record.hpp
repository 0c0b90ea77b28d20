#pragma once

#include <string>

#include "server/app/options.hpp"
#include "server/store/writer.hpp"

namespace wardroom::app {

// The names of the options that differ and that a reload doesn't take up, with commas between them; without
// any, nothing.
std::string options_that_wait(const Options& running, const Options& file);
// A line for each option that differs: what runs, what the file has, and what takes it up. Without any,
// nothing.
std::string describe_changes(const Options& running, const Options& file);

// Records settings.changed when the options aren't those of the last start: what was and what is, of those
// that differ. The first start has nothing to compare with. Any thread.
void submit_options_record(store::Writer& writer, const Options& options);

}  // namespace wardroom::app
