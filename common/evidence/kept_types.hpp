#pragma once

#include <string_view>

namespace wardroom::evidence {

// Whether the body of a record of this type is never forgotten, by the rule of the pruning that its record
// audit.pruned names: 1 where it names none, as before there was more than one. docs/audit-format.md has the
// list.
bool is_never_pruned(std::string_view type, int rule);

}  // namespace wardroom::evidence
