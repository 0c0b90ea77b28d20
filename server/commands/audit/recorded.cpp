#include "server/commands/audit/recorded.hpp"

#include "common/base/utf8.hpp"

namespace wardroom::commands {

bool is_recorded(sqlite::Connection& db, const RecordSearch& search) {
  return db
      .find<std::int64_t>(
          "SELECT 1 FROM audit_records INDEXED BY audit_records_type WHERE type = ?6"
          " AND idx >= (SELECT idx FROM audit_records WHERE at > ?1 AND at <= ?5 ORDER BY at LIMIT 1)"
          " AND actor_id = ?2 AND instr(line, ?3) AND instr(line, ?4) LIMIT 1",
          search.now - search.speaks_for, search.caller.user,
          "\"session\":{\"id\":" + std::to_string(search.caller.session.value) + ",",
          escape_unseen(search.part), search.now, audit::catalogue_row(search.type).name)
      .has_value();
}

}  // namespace wardroom::commands
