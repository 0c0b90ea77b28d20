#pragma once

#include <optional>
#include <vector>

#include "common/sqlite/connection.hpp"
#include "protocol/methods/announcement.hpp"

// Announcements and their acknowledgements as the log has them: there is no table beside it.
namespace wardroom::audit {

struct LastAnnouncement {
  protocol::Announcement announcement;
  UserId by;
  bool is_ended = false;  // before its time
};

// The newest one; nothing when there never was one, or its record was pruned (it was over long before).
std::optional<LastAnnouncement> load_last_announcement(sqlite::Connection& db);
// The same, while it stands.
std::optional<protocol::Announcement> load_announcement(sqlite::Connection& db, TimePoint now);

// Of the newest announcement only: `id` is its record.
bool is_acknowledged(sqlite::Connection& db, AuditIndex id, UserId user);
std::int64_t count_acknowledgements(sqlite::Connection& db, AuditIndex id);
// Accounts that can sign in.
std::int64_t count_people(sqlite::Connection& db);
// Of those, by name after `after`: all, or only those who haven't (true) or have (false) acknowledged it.
std::vector<protocol::AdminAnnounceStatus::Entry> load_acknowledgements(sqlite::Connection& db, AuditIndex id,
                                                                        std::optional<bool> missing,
                                                                        std::string_view after,
                                                                        std::int64_t limit);

}  // namespace wardroom::audit
