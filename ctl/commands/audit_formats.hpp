#pragma once

#include <filesystem>
#include <string>

#include "ctl/commands/audit_filter.hpp"
#include "ctl/commands/context.hpp"

namespace wardroom::ctl {

struct AuditExportArguments {
  AuditFilterArguments filter;
  std::string format = "jsonl";  // jsonl, csv, cef or syslog
  std::filesystem::path to;      // empty: standard output
  std::filesystem::path bundle;  // an evidence bundle instead (audit_bundle.hpp): a new directory, or a .zip
  std::string person;            // whom the bundle is about
  std::string reason;            // for it
  bool with_files = false;       // it takes along what the messages carry
};
// Records for other programs, the oldest first.
Result<void> audit_export(const Context& context, const AuditExportArguments& arguments);

}  // namespace wardroom::ctl
