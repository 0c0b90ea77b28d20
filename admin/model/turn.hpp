#pragma once

#include <chrono>
#include <cstdint>

#include "admin/model/effects.hpp"
#include "admin/model/state.hpp"
#include "common/desk/model/turn.hpp"
#include "protocol/limits.hpp"
#include "protocol/methods/account.hpp"
#include "protocol/methods/admin.hpp"
#include "protocol/methods/announcement.hpp"
#include "protocol/methods/audit.hpp"
#include "protocol/methods/backup.hpp"
#include "protocol/methods/certificate.hpp"
#include "protocol/methods/message.hpp"
#include "protocol/methods/moderation.hpp"
#include "protocol/methods/people_import.hpp"
#include "protocol/methods/privacy.hpp"
#include "protocol/methods/retention.hpp"
#include "protocol/methods/room.hpp"
#include "protocol/methods/server_stats.hpp"
#include "protocol/methods/settings.hpp"

namespace wardroom::admin {

using desk::Answer;

struct Turn : desk::TurnOf<Turn, State, Effect> {};

// Rows of a long table that are asked for at once.
inline constexpr std::int64_t kRowsAtOnce = 100;
// In another order than the server's all rows are fetched, as many at once as it gives.
template <class Row>
std::int64_t rows_at_once(const PagedList<Row>& list) {
  return list.wants_all() ? static_cast<std::int64_t>(protocol::kMaxPage) : kRowsAtOnce;
}
// What is typed into a search is asked for when the typing rests.
inline constexpr std::chrono::milliseconds kTypingPause{250};

}  // namespace wardroom::admin
