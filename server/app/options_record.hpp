#pragma once

#include "server/app/options.hpp"
#include "server/store/writer.hpp"

namespace wardroom::app {

// Records settings.changed when the options aren't those of the last start: what was and what is, of those
// that differ. The first start has nothing to compare with. Any thread.
void submit_options_record(store::Writer& writer, const Options& options);

}  // namespace wardroom::app
