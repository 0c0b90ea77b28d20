#pragma once

#include "server/commands/context.hpp"
#include "server/store/files.hpp"

namespace wardroom::commands {

// Whether the caller may have the bytes of a file now: who may read the message that carries it, and before
// that its uploader. `not_found` for everybody else, as if it weren't there.
Result<store::FileRow> find_readable_file(ReadContext& context, const Uuid& id);

}  // namespace wardroom::commands
