#include "server/audit/export_states.hpp"

#include <algorithm>
#include <unordered_map>

#include "common/tlog/merkle.hpp"
#include "protocol/codec.hpp"
#include "protocol/commitment.hpp"

namespace wardroom::audit {
namespace {

using protocol::MessageVersion;
using Act = MessageVersion::Act;

constexpr std::int64_t kScannedPosts = 20'000;  // rows that one page looks at
constexpr std::int64_t kScannedChanges = 1'000;

// Room, message, version, act, by, at, author, reason, text, salt, commitment if erased, messages.id; form,
// answered message, client_id, files and thread of the message. Of the state that was posted, which has a row
// among the versions only once something changed:
constexpr sqlite::SqlPiece kSelectPosted =
    "SELECT m.room_id, m.seq, 1, 'posted', m.author_id, m.at, m.author_id, '',"
    " iif(m.version = 1, m.text, v.text), iif(m.version = 1, m.salt, v.salt), e.commitment, m.id, m.form,"
    " m.reply_to, m.client_id, m.files, m.thread"
    " FROM messages m"
    " LEFT JOIN message_versions v ON v.room_id = m.room_id AND v.seq = m.seq AND v.version = 1"
    " LEFT JOIN erased_states e ON e.room_id = m.room_id AND e.seq = m.seq AND e.version = 1";
constexpr sqlite::SqlPiece kSelectChanged =
    "SELECT v.room_id, v.seq, v.version, v.act, v.by_id, v.at, m.author_id, v.reason, v.text, v.salt,"
    " e.commitment, m.id, m.form, m.reply_to, m.client_id, m.files, m.thread FROM message_versions v"
    " JOIN messages m ON m.room_id = v.room_id AND m.seq = v.seq"
    " LEFT JOIN erased_states e ON e.room_id = v.room_id AND e.seq = v.seq AND e.version = v.version";

constexpr auto kPostsBetween = kSelectPosted + " WHERE m.id > ? AND m.id <= ? ORDER BY m.id";

std::string canonical_bytes_of(const ExportState& s, const sqlite::Cursor& row) {
  const auto reason = row.get<std::string_view>(7), text = row.get<std::string_view>(8);
  if (s.version == 1)
    return protocol::canonical_bytes(protocol::PostedState{
        s.room, s.seq, s.by, s.at, text, protocol::MessageForm{row.get<std::int64_t>(12)},
        row.get<std::optional<Seq>>(13), protocol::to_client_id(row.get<Bytes>(14)),
        row.get<std::string_view>(15), row.get<std::optional<Seq>>(16)});
  const Act act = protocol::parse_enum<Act>(s.act).value_or(Act::edited);
  return protocol::canonical_bytes(protocol::ChangedState{
      s.room, s.seq, s.version, act == Act::posted ? Act::edited : act, s.by, s.at, reason, text});
}

ExportState read_state(const sqlite::Cursor& row) {
  ExportState state{row.get<RoomId>(0),
                    row.get<Seq>(1),
                    row.get<std::int64_t>(2),
                    row.get<std::string>(3),
                    row.get<UserId>(4),
                    row.get<TimePoint>(5),
                    row.get<UserId>(6),
                    {},
                    {}};
  if (const auto erased = row.get<std::optional<Bytes>>(10)) {
    state.erased = to_digest(*erased);
    return state;
  }
  state.preimage = row.get<std::string>(9);
  state.preimage += canonical_bytes_of(state, row);
  return state;
}

// Where each leaf stands in the group.
class Places {
 public:
  explicit Places(const Bytes& leaves) {
    const std::string_view all = as_text(leaves);
    for (std::size_t i = 0; (i + 1) * sizeof(Digest) <= all.size(); ++i)
      places_.emplace(all.substr(i * sizeof(Digest), sizeof(Digest)), static_cast<std::int64_t>(i));
  }
  std::optional<std::int64_t> find(const ExportState& state) const {
    const Digest leaf = tlog::leaf_hash(state.commitment());
    const auto found = places_.find(as_text(leaf));
    return found == places_.end() ? std::nullopt : std::optional(found->second);
  }

 private:
  std::unordered_map<std::string_view, std::int64_t> places_;  // refers to the leaves given
};

// Among the groups of the same millisecond, whether one holds the state and whether this one comes first.
bool is_lost(sqlite::Connection& db, const ExportGroup& group, const ExportState& state) {
  auto row = db.query(
      "SELECT g.idx, g.leaves FROM audit_records r JOIN audit_groups g ON g.idx = r.idx"
      " WHERE r.at = ? AND r.type = 'messages.committed' ORDER BY r.idx",
      group.at);
  for (bool first = true; row.step(); first = false) {
    if (first && row.get<std::int64_t>(0) != group.idx) return false;
    const Bytes leaves = row.get<Bytes>(1);
    if (Places(leaves).find(state)) return false;
  }
  return true;
}

void find_posts(sqlite::Connection& db, const ExportScope& scope, const ExportGroup& group,
                const Places& places, const std::optional<std::int64_t>& before, GroupStates& found) {
  // A group of n leaves brought at most the newest n messages of its time.
  const std::int64_t oldest = group.last_message - group.size();
  auto row =
      db.query(kPostsBetween, std::max(oldest, before && *before <= group.last_message ? *before : oldest),
               group.last_message);
  while (row.step()) {
    if (!scope.concerns_message(row.get<UserId>(6), row.get<RoomId>(0))) continue;
    ExportState state = read_state(row);
    if (const auto place = places.find(state))
      found.placed.push_back({*place, std::move(state)});
    else if (!before || *before <= group.last_message)
      found.unplaced.push_back(std::move(state));
  }
}

void find_changes(sqlite::Connection& db, const ExportScope& scope, const ExportGroup& group,
                  const Places& places, GroupStates& found) {
  static constexpr auto kAt = kSelectChanged + " WHERE v.at = ? AND v.version > 1";
  auto row = db.query(kAt, group.at);
  while (row.step()) {
    if (!scope.concerns_message(row.get<UserId>(6), row.get<RoomId>(0))) continue;
    ExportState state = read_state(row);
    if (const auto place = places.find(state))
      found.placed.push_back({*place, std::move(state)});
    else if (is_lost(db, group, state))
      found.unplaced.push_back(std::move(state));
  }
}

}  // namespace

Digest ExportState::commitment() const {
  return erased ? *erased : sha256(as_bytes(preimage));
}

GroupStates find_states(sqlite::Connection& db, const ExportScope& scope, const ExportGroup& group,
                        const std::optional<std::int64_t>& before) {
  const Places places(group.leaves);
  GroupStates found;
  find_posts(db, scope, group, places, before, found);
  find_changes(db, scope, group, places, found);
  std::sort(found.placed.begin(), found.placed.end(),
            [](const auto& a, const auto& b) { return a.position < b.position; });
  return found;
}

FirstGroup find_first_group(sqlite::Connection& db) {
  auto row = db.query(
      "SELECT g.last_message - length(g.leaves) / 32, r.at FROM audit_groups g JOIN audit_records r ON r.idx "
      "= g.idx"
      " ORDER BY g.idx LIMIT 1");
  if (!row.step()) return {};
  return {row.get<std::int64_t>(0) + 1, row.get<TimePoint>(1)};
}

PostsPage load_ungrouped_posts(sqlite::Connection& db, const ExportScope& scope, const FirstGroup& first,
                               std::int64_t after) {
  const auto newest = db.find<std::int64_t>("SELECT coalesce(max(id), 0) FROM messages").value_or(0);
  const std::int64_t end = std::min(newest, first.first_message - 1);
  const std::int64_t to = std::min(end, after + kScannedPosts);
  PostsPage page;
  auto row = db.query(kPostsBetween, after, to);
  while (row.step() && page.states.size() < 200) {
    page.next = row.get<std::int64_t>(11);
    if (scope.concerns_message(row.get<UserId>(6), row.get<RoomId>(0)))
      page.states.push_back(read_state(row));
  }
  if (page.states.size() < 200) page.next = to;
  if (*page.next >= end) page.next.reset();
  return page;
}

ChangesPage load_ungrouped_changes(sqlite::Connection& db, const ExportScope& scope, const FirstGroup& first,
                                   TimePoint until, const StateKey& after) {
  static constexpr auto kAfter =
      kSelectChanged +
      " WHERE (v.room_id, v.seq, v.version) > (?1, ?2, ?3) AND v.version > 1"
      " AND (v.at < ?4 OR (v.at <= ?5 AND NOT EXISTS (SELECT 1 FROM audit_records r"
      " WHERE r.at = v.at AND r.type = 'messages.committed')))"
      " ORDER BY v.room_id, v.seq, v.version LIMIT ?6";
  auto row = db.query(kAfter, after.room, after.seq, after.version, first.at, until, kScannedChanges);
  ChangesPage page;
  std::int64_t scanned = 0;
  while (row.step() && page.states.size() < 200) {
    ++scanned;
    page.next = {row.get<RoomId>(0), row.get<Seq>(1), row.get<std::int64_t>(2)};
    if (scope.concerns_message(row.get<UserId>(6), row.get<RoomId>(0)))
      page.states.push_back(read_state(row));
  }
  if (scanned < kScannedChanges && page.states.size() < 200) page.next.reset();
  return page;
}

}  // namespace wardroom::audit
