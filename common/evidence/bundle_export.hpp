#pragma once

#include <filesystem>
#include <functional>

#include <boost/json/value.hpp>

#include "common/evidence/bundle_files.hpp"
#include "common/evidence/bundle_report.hpp"
#include "protocol/methods/audit_export.hpp"

namespace wardroom::evidence {

// Asks the server: the method and its parameters as JSON; blocks. link::BlockingClient::call_raw is one.
using Ask = std::function<Result<boost::json::value>(std::string method, std::string params)>;
// Records gone through, of so many; false stops the export with the error reason "stopped".
using Progress = std::function<bool(std::int64_t done, std::int64_t total)>;

// Makes an evidence bundle (docs/audit-evidence.md) of what the server shows, checks it and says so in it.
// `target` ends with .zip, or is a directory that is new or empty; it is there whole or not at all. Blocks,
// and waits when the server says that it was asked too much; `stopped` is asked all the while, and ends it
// with the error reason "stopped". The report tells whether the bundle holds: one that doesn't is written
// nevertheless, it is evidence too.
Result<BundleReport> export_bundle(const Ask& ask, const protocol::AuditExport::Params& scope,
                                   const std::filesystem::path& target, const Progress& progress = {},
                                   const Stopped& stopped = {});

}  // namespace wardroom::evidence
