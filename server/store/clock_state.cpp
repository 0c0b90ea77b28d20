#include "server/store/clock_state.hpp"

#include <algorithm>
#include <sstream>

namespace wardroom::store {

std::optional<TrustedTime::Kept> load_clock(sqlite::Connection& db, TimePoint wall) {
  if (const auto text = db.find<std::string>("SELECT value FROM meta WHERE key = 'clock'")) {
    std::int64_t trusted = 0, at = 0, even = 0;
    if (std::istringstream(*text) >> trusted >> at >> even)
      return TrustedTime::Kept{from_unix_ms(trusted), from_unix_ms(at), std::chrono::milliseconds{even}};
  }
  const auto newest = db.find<TimePoint>("SELECT at FROM audit_records ORDER BY idx DESC LIMIT 1");
  if (!newest) return std::nullopt;
  // Either the record was stamped by a clock that was ahead, or this one is behind: the earlier one harms
  // nothing.
  return TrustedTime::Kept{std::min(*newest, wall), *newest, {}};
}

void store_clock(sqlite::Connection& db, const TrustedTime::Kept& kept) {
  db.run(
      "INSERT INTO meta (key, value) VALUES ('clock', ?) ON CONFLICT (key) DO UPDATE SET value = "
      "excluded.value",
      std::to_string(to_unix_ms(kept.trusted)) + " " + std::to_string(to_unix_ms(kept.wall)) + " " +
          std::to_string(kept.even.count()));
}

}  // namespace wardroom::store
