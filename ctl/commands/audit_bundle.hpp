#pragma once

#include "ctl/commands/audit.hpp"
#include "ctl/commands/audit_formats.hpp"

// Evidence bundles (docs/audit-evidence.md), made and checked.
namespace wardroom::ctl {

// `wardroomctl audit export --bundle …`
Result<void> export_audit_bundle(const Context& context, const AuditExportArguments& arguments);

// `wardroomctl audit verify --bundle …`
Result<void> verify_audit_bundle(const Context& context, const AuditVerifyArguments& arguments);

}  // namespace wardroom::ctl
