#pragma once

#include <string>

#include "common/evidence/bundle_lines.hpp"

namespace wardroom::evidence {

// A record as a row of a table: index, time, what, who, whom or what, before and after.
std::string record_row(const RecordEntry& entry);

}  // namespace wardroom::evidence
