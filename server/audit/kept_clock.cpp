#include "server/audit/kept_clock.hpp"

#include "server/store/clock_state.hpp"

namespace wardroom::audit {

Record clock_jump_record(const TrustedTime::Jump& jump) {
  Record record{.type = Type::clock_jump};
  record.before = {{"clock", jump.expected}};
  record.after = {{"clock", jump.now}, {"by_ms", jump.by.count()}};
  if (jump.restart) record.after.add("restart", true);
  return record;
}

void keep_clock_offline(store::WriteTx& tx, TrustedClock& clock) {
  for (const auto& jump : clock.take_jumps()) append_record(tx, clock_jump_record(jump));
  store::store_clock(tx.db, clock.kept());
}

}  // namespace wardroom::audit
