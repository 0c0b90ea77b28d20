#pragma once

#include "server/commands/context.hpp"
#include "server/store/exports.hpp"

namespace wardroom::commands {

// An export that the caller began less than a day ago; `not_found` for everybody else's.
Result<store::ExportRow> find_own_export(ReadContext& context, protocol::ExportId id);

}  // namespace wardroom::commands
