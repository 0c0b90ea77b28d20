#pragma once

#include "server/commands/context.hpp"

namespace wardroom::commands {

// The record of a change to the options, which was made; should the transaction not last, the change is put
// back. No record where no value is another one.
void append_settings_change(WriteContext& context, ServerSettings::Change change);

}  // namespace wardroom::commands
