#pragma once

#include "server/audit/export_states.hpp"
#include "server/store/exports.hpp"

namespace wardroom::audit {

// The range of records that spans the time, under a head of `size` records. Nothing when there is none.
struct ExportRange {
  AuditIndex first;
  AuditIndex last;
};
std::optional<ExportRange> find_export_range(sqlite::Connection& db,
                                             const protocol::AuditExport::Params& scope, std::int64_t size);

// Whether messages may be in it: their texts are then.
bool may_hold_texts(sqlite::Connection& db, const ExportScope& scope);

// The lines of docs/audit-evidence.md from `at` on, about 128 KiB of them, or of as many records as a reader
// may take its time for. `params` on a place that isn't one.
Result<protocol::AuditExportPage::Result> load_export_page(sqlite::Connection& db,
                                                           const store::ExportRow& row,
                                                           const std::optional<std::string>& at);

}  // namespace wardroom::audit
