#include "server/audit/message_form.hpp"

namespace wardroom::audit {

std::int64_t first_of_v2(sqlite::Connection& db) {
  return db.find<std::int64_t>("SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'messages_v2_since'")
      .value_or(0);
}

void add_form(store::WriteTx& tx, Details& after) {
  after.add("v2_since", first_of_v2(tx.db));
}

}  // namespace wardroom::audit
