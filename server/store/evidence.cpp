#include "server/store/evidence.hpp"

#include <algorithm>

#include "protocol/codec.hpp"
#include "server/store/messages.hpp"
#include "server/store/users.hpp"

namespace wardroom::store {

using namespace protocol;

namespace {

constexpr std::int64_t kMessagesBefore = 5;
// A message that was edited over and over must not grow its report without end: the newest texts tell most.
constexpr std::int64_t kMaxVersions = 20;

std::vector<MessageVersion> load_newest_versions(sqlite::Connection& db, RoomId room, Seq seq) {
  auto row = db.query(
      "SELECT version, act, at, by_id, text, reason FROM message_versions WHERE room_id = ? AND seq = ?"
      " ORDER BY version DESC LIMIT ?",
      room, seq, kMaxVersions);
  std::vector<MessageVersion> versions;
  while (row.step())
    versions.push_back(
        {row.get<std::int64_t>(0),
         parse_enum<MessageVersion::Act>(row.get<std::string_view>(1)).value_or(MessageVersion::Act::edited),
         row.get<TimePoint>(2), row.get<UserId>(3), row.get<std::string>(4), row.get<std::string>(5)});
  std::reverse(versions.begin(), versions.end());
  return versions;
}

}  // namespace

std::optional<Evidence> load_evidence(sqlite::Connection& db, const Room& room, Seq shown_after, Seq seq) {
  Page page = load_before(db, {room.id, shown_after}, next(seq), kMessagesBefore + 1);
  if (page.messages.empty() || page.messages.back().seq != seq) return std::nullopt;
  Evidence evidence;
  evidence.versions = load_newest_versions(db, room.id, seq);
  std::vector<UserId> people;
  for (const auto& message : page.messages) people.push_back(message.author);
  for (const auto& version : evidence.versions) people.push_back(version.by);
  if (room.users)  // of a direct room: they are its name
    for (const auto& user : *room.users) people.push_back(user.id);
  std::sort(people.begin(), people.end());
  people.erase(std::unique(people.begin(), people.end()), people.end());
  evidence.message = std::move(page.messages.back());
  page.messages.pop_back();
  evidence.before = std::move(page.messages);
  evidence.room_kind = room.kind;
  evidence.room_name = room.name;
  evidence.users = load_users(db, people);
  return evidence;
}

}  // namespace wardroom::store
