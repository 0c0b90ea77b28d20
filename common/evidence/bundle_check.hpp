#pragma once

#include <filesystem>

#include "common/evidence/bundle_files.hpp"
#include "common/evidence/bundle_report.hpp"
#include "common/evidence/database_check.hpp"

namespace wardroom::evidence {

// Checks an evidence bundle, a directory or a .zip: the head's signature, the root over all records of its
// range, each record's bytes, each group's root and each message's bytes. A head that was kept elsewhere is
// held against it where the bundle can tell; where it can't, the report says so. An error when it can't be
// read, or "stopped"; what doesn't hold is in the report.
Result<BundleReport> check_bundle(const std::filesystem::path& bundle, const CheckOptions& options = {},
                                  const Stopped& stopped = {});

}  // namespace wardroom::evidence
