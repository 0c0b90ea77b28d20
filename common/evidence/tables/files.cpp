#include "common/evidence/tables/files.hpp"

#include <algorithm>

#include "protocol/commitment.hpp"

namespace wardroom::evidence {
namespace {

constexpr std::size_t kMostUploads = 100'000;

std::string place_name(RoomId room, Seq seq) {
  return "files of message " + std::to_string(seq.value) + " of room " + std::to_string(room.value) + ": ";
}

// Of what the table has, the line as the message binds it; nothing where a row can't be of the message.
std::optional<std::string> line_in_table(sqlite::Connection& db, RoomId room, Seq seq, UserId author) {
  std::string line;
  std::int64_t position = 0;
  auto row = db.query(
      "SELECT size, sha256, name, user_id, position FROM files WHERE room_id = ? AND seq = ? ORDER BY "
      "position",
      room, seq);
  for (; row.step(); ++position) {
    const auto sha256 = to_digest(row.get<std::optional<Bytes>>(1));
    if (!sha256 || row.get<UserId>(3) != author || row.get<std::int64_t>(4) != position) return std::nullopt;
    protocol::append_file(line, {row.get<std::int64_t>(0), *sha256, row.get<std::string>(2)});
  }
  return line;
}

}  // namespace

void FilesCheck::take(const Act& act) {
  if (!act.is("file.uploaded")) return;
  const auto id = act.after("file");
  const auto commitment = act.after("commitment");
  if (!id || !commitment || !uploaded_.emplace(*id, *commitment).second) return;
  order_.push_back(*id);
  if (order_.size() <= kMostUploads) return;
  uploaded_.erase(order_.front());
  order_.pop_front();
}

void FilesCheck::check_carried(sqlite::Connection& db, TablesReport& report) {
  auto row = db.query("SELECT room_id, seq, author_id, files FROM messages WHERE files <> ''");
  for (; row.step(); ++carried_) {
    const auto room = row.get<RoomId>(0);
    const auto seq = row.get<Seq>(1);
    const auto line = line_in_table(db, room, seq, row.get<UserId>(2));
    if (!line || *line != row.get<std::string_view>(3))
      report.add(place_name(room, seq) + "they aren't those that the message was posted with.");
  }
}

void FilesCheck::check_foreign(sqlite::Connection& db, TablesReport& report) const {
  auto row = db.query(
      "SELECT DISTINCT room_id, seq FROM files f WHERE seq IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "
      "messages m"
      " WHERE m.room_id = f.room_id AND m.seq = f.seq AND m.files <> '')");
  while (row.step())
    report.add(place_name(row.get<RoomId>(0), row.get<Seq>(1)) +
               "there is no such message, or it was posted without files.");
  auto unsettled = db.query(
      "SELECT id FROM files WHERE (expires_at IS NULL) <> (seq IS NOT NULL)"
      " OR (position IS NULL) <> (seq IS NULL)");
  while (unsettled.step())
    report.add("files, " + to_string(protocol::to_client_id(as_bytes(unsettled.get<std::string_view>(0)))) +
               ": what a message carries has a place there and no end, and what none carries has an end and "
               "no place.");
}

// Who uploaded it may read it: so this is what gives access.
void FilesCheck::check_unposted(sqlite::Connection& db, TablesReport& report) {
  auto row = db.query(
      "SELECT id, user_id, room_id, size, sha256, name, salt FROM files WHERE seq IS NULL AND sha256 IS NOT "
      "NULL");
  for (; row.step(); ++unposted_) {
    const Uuid id = protocol::to_client_id(as_bytes(row.get<std::string_view>(0)));
    const auto sha256 = to_digest(row.get<std::optional<Bytes>>(4));
    const Bytes stored = row.get<Bytes>(6);
    protocol::Salt salt{};
    std::copy_n(stored.begin(), std::min(stored.size(), salt.size()), salt.begin());
    const auto said = uploaded_.find(to_string(id));
    const std::string name = row.get<std::string>(5);
    const protocol::FileState state{
        id,  row.get<UserId>(1), row.get<RoomId>(2), row.get<std::int64_t>(3), sha256.value_or(Digest{}),
        name};
    if (said == uploaded_.end() || said->second != to_hex(protocol::commit_to(salt, state)))
      report.add("files, " + to_string(id) + ": no record says that this was uploaded so.");
  }
}

void FilesCheck::compare(sqlite::Connection& db, TablesReport& report) {
  check_carried(db, report);
  check_foreign(db, report);
  check_unposted(db, report);
  if (carried_ + unposted_ == 0) return;
  report.confirmed.push_back("files: those of " + std::to_string(carried_) +
                             " messages as these bind them, and " + std::to_string(unposted_) +
                             " that aren't posted as their records say");
}

}  // namespace wardroom::evidence
