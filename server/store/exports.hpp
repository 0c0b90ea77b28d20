#pragma once

#include <optional>

#include "common/sqlite/connection.hpp"
#include "protocol/methods/audit_export.hpp"

// The table `exports`: what evidence was asked for, by whom, under which head.
namespace wardroom::store {

struct ExportRow {
  protocol::ExportId id;  // given by the database
  UserId by;
  TimePoint at;
  protocol::AuditExport::Params scope;
  std::int64_t size = 0;  // records under the head
  AuditIndex first;       // of the range
  AuditIndex last;
};
std::optional<ExportRow> find_export(sqlite::Connection& db, protocol::ExportId id);
protocol::ExportId insert_export(sqlite::Connection& db, const ExportRow& row);

}  // namespace wardroom::store
