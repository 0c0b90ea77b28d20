#pragma once

#include <iosfwd>

#include "protocol/methods/moderation.hpp"

namespace wardroom::ctl {

// A report with its evidence, for a person. Whatever somebody wrote in it stands deeper than every line that
// is ours.
void print_report(std::ostream& out, const protocol::Report& report);

}  // namespace wardroom::ctl
