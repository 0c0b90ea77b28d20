#include "common/evidence/tables/messages.hpp"

#include <algorithm>

#include "common/tlog/merkle.hpp"
#include "protocol/codec.hpp"
#include "protocol/commitment.hpp"

namespace wardroom::evidence {

// Refers to the row that it was read from.
struct MessagesCheck::State {
  RoomId room;
  Seq seq;
  std::int64_t version = 1;
  std::string_view act;
  UserId by;
  TimePoint at;
  std::string_view reason, text, salt;
  std::optional<Digest> erased;
};

namespace {

using MessageAct = protocol::MessageVersion::Act;

std::string message_name(RoomId room, Seq seq) {
  return "messages, " + std::to_string(seq.value) + " of room " + std::to_string(room.value) + ": ";
}

std::string erasure_key(std::string_view room, std::string_view author) {
  return "person " + std::string(author) + " in room " + std::string(room);
}

}  // namespace

void MessagesCheck::take(const Act& act) {
  if (act.is("messages.committed")) groups_.emplace(act.idx(), act.ts());
  if (act.is("room.retention_applied")) {
    removed_states_ += act.after_number("states");
    trimmed_[act.room()] = true;
  }
  if (act.is("privacy.subject_erased"))
    erased_[erasure_key(act.room(), act.target())] += act.after_number("texts");
}

void MessagesCheck::load_leaves(sqlite::Connection& db) {
  auto row = db.query("SELECT idx, leaves FROM audit_groups");
  while (row.step()) {
    const auto idx = row.get<std::int64_t>(0);
    groups_.erase(idx);
    std::string_view rest = row.get<std::string_view>(1);
    for (; rest.size() >= sizeof(Digest); rest.remove_prefix(sizeof(Digest))) {
      Leaf leaf{{}, idx, false};
      std::copy_n(as_bytes(rest).begin(), sizeof(Digest), leaf.hash.begin());
      leaves_.push_back(leaf);
    }
  }
  std::sort(leaves_.begin(), leaves_.end(), [](const Leaf& a, const Leaf& b) { return a.hash < b.hash; });
  if (!groups_.empty()) last_without_hashes_ = groups_.rbegin()->second;
}

bool MessagesCheck::meet(const Digest& commitment) {
  const Digest hash = tlog::leaf_hash(commitment);
  const auto found =
      std::lower_bound(leaves_.begin(), leaves_.end(), hash,
                       [](const Leaf& leaf, const Digest& wanted) { return leaf.hash < wanted; });
  if (found == leaves_.end() || found->hash != hash) return false;
  found->met = true;
  return true;
}

void MessagesCheck::check_state(const State& s, TablesReport& report) {
  protocol::Salt salt{};
  if (!s.erased && s.salt.size() != salt.size())
    return report.add(message_name(s.room, s.seq) + "state " + std::to_string(s.version) +
                      " has lost the salt of its hash, and isn't erased.");
  if (s.erased && !s.text.empty())
    return report.add(message_name(s.room, s.seq) + "state " + std::to_string(s.version) +
                      " is marked as erased and has a text.");
  if (!s.erased) std::copy_n(as_bytes(s.salt).begin(), salt.size(), salt.begin());
  const auto act = protocol::parse_enum<MessageAct>(s.act).value_or(MessageAct::posted);
  if ((act == MessageAct::posted) != (s.version == 1))
    return report.add(message_name(s.room, s.seq) + "state " + std::to_string(s.version) + " can't be \"" +
                      std::string(s.act) + "\".");
  const Digest commitment =
      s.erased         ? *s.erased
      : s.version == 1 ? protocol::commit_to(salt, protocol::PostedState{s.room, s.seq, s.by, s.at, s.text})
                       : protocol::commit_to(salt, protocol::ChangedState{s.room, s.seq, s.version, act, s.by,
                                                                          s.at, s.reason, s.text});
  if (meet(commitment)) {
    ++(s.erased ? erased_states_ : proven_);
  } else if (!last_without_hashes_.empty() && to_rfc3339(s.at) <= last_without_hashes_) {
    ++report.unproven;
  } else {
    report.add(message_name(s.room, s.seq) + "state " + std::to_string(s.version) +
               " isn't what was written: the log bound in no such text, author and time.");
  }
}

void MessagesCheck::check_posted(sqlite::Connection& db, TablesReport& report) {
  auto row = db.query(
      "SELECT m.room_id, m.seq, m.author_id, m.at, iif(m.version = 1, m.text, v.text),"
      " iif(m.version = 1, m.salt, v.salt), e.commitment, m.version = 1 OR v.version IS NOT NULL,"
      " m.version > 1 AND (v.by_id IS NOT m.author_id OR v.at IS NOT m.at) FROM messages m"
      " LEFT JOIN message_versions v ON m.version > 1 AND v.room_id = m.room_id AND v.seq = m.seq"
      "  AND v.version = 1"
      " LEFT JOIN erased_states e ON e.room_id = m.room_id AND e.seq = m.seq AND e.version = 1");
  while (row.step()) {
    const State state{row.get<RoomId>(0),
                      row.get<Seq>(1),
                      1,
                      "posted",
                      row.get<UserId>(2),
                      row.get<TimePoint>(3),
                      {},
                      row.get<std::string_view>(4),
                      row.get<std::string_view>(5),
                      to_digest(row.get<std::optional<Bytes>>(6))};
    if (!row.get<bool>(7))
      report.add(message_name(state.room, state.seq) + "the state that was posted is missing.");
    else if (row.get<bool>(8))
      report.add(message_name(state.room, state.seq) +
                 "its author or time isn't that of the state that was posted.");
    else
      check_state(state, report);
  }
}

void MessagesCheck::check_changed(sqlite::Connection& db, TablesReport& report) {
  auto row = db.query(
      "SELECT v.room_id, v.seq, v.version, v.act, v.by_id, v.at, v.reason, v.text, v.salt, e.commitment"
      " FROM message_versions v"
      " LEFT JOIN erased_states e ON e.room_id = v.room_id AND e.seq = v.seq AND e.version = v.version"
      " WHERE v.version > 1");
  while (row.step())
    check_state({row.get<RoomId>(0), row.get<Seq>(1), row.get<std::int64_t>(2), row.get<std::string_view>(3),
                 row.get<UserId>(4), row.get<TimePoint>(5), row.get<std::string_view>(6),
                 row.get<std::string_view>(7), row.get<std::string_view>(8),
                 to_digest(row.get<std::optional<Bytes>>(9))},
                report);
}

// What is shown is the newest state, and states are numbered without a gap.
void MessagesCheck::check_chains(sqlite::Connection& db, TablesReport& report) {
  auto differs = db.query(
      "SELECT m.room_id, m.seq FROM messages m JOIN message_versions v ON v.room_id = m.room_id AND v.seq = "
      "m.seq"
      " AND v.version = m.version WHERE m.version > 1 AND (v.text <> m.text OR v.salt <> m.salt"
      " OR (v.act = 'deleted') <> m.deleted OR m.deleted_by IS NOT iif(m.deleted, v.by_id, NULL)"
      " OR m.delete_reason IS NOT iif(m.deleted AND v.reason <> '', v.reason, NULL))");
  while (differs.step())
    report.add(message_name(differs.get<RoomId>(0), differs.get<Seq>(1)) +
               "what is shown isn't its newest state.");
  auto gaps = db.query(
      "SELECT m.room_id, m.seq FROM messages m WHERE m.version > 1 AND (SELECT count(*) FROM "
      "message_versions v"
      " WHERE v.room_id = m.room_id AND v.seq = m.seq AND v.version BETWEEN 1 AND m.version) <> m.version");
  while (gaps.step())
    report.add(message_name(gaps.get<RoomId>(0), gaps.get<Seq>(1)) + "one of its states is missing.");
  auto foreign = db.query(
      "SELECT v.room_id, v.seq FROM message_versions v LEFT JOIN messages m ON m.room_id = v.room_id"
      " AND m.seq = v.seq WHERE m.id IS NULL OR v.version > m.version OR m.version = 1");
  while (foreign.step())
    report.add(message_name(foreign.get<RoomId>(0), foreign.get<Seq>(1)) +
               "there is a state that belongs to no message, or comes after its newest.");
  auto unchanged = db.query(
      "SELECT room_id, seq FROM messages WHERE version = 1 AND"
      " (deleted <> 0 OR deleted_by IS NOT NULL OR delete_reason IS NOT NULL OR edited_at IS NOT NULL)");
  while (unchanged.step())
    report.add(message_name(unchanged.get<RoomId>(0), unchanged.get<Seq>(1)) +
               "it is marked as changed, and has no other state than the one that was posted.");
}

void MessagesCheck::check_missing(TablesReport& report) const {
  std::int64_t missing = 0;
  std::map<std::int64_t, std::int64_t> by_group;
  for (const auto& leaf : leaves_)
    if (!leaf.met) {
      ++missing;
      ++by_group[leaf.idx];
    }
  // States of before the hashes were stored can be among what was removed.
  if (missing == removed_states_ || (missing < removed_states_ && !last_without_hashes_.empty())) return;
  if (missing < removed_states_)
    return report.add("messages: by the log retention removed " + std::to_string(removed_states_) +
                      " states, and only " + std::to_string(missing) + " are gone.");
  const auto newest = by_group.rbegin();
  report.add("messages: " + std::to_string(missing) + " states that the log bound in aren't there, and " +
             std::to_string(removed_states_) + " were removed by retention; " +
             std::to_string(newest->second) + " of them are of record " + std::to_string(newest->first) +
             ".");
}

void MessagesCheck::check_erased(sqlite::Connection& db, TablesReport& report) const {
  auto row = db.query(
      "SELECT e.room_id, m.author_id, count(*) FROM erased_states e LEFT JOIN messages m ON m.room_id = "
      "e.room_id"
      " AND m.seq = e.seq GROUP BY e.room_id, m.author_id");
  auto open = erased_;
  while (row.step()) {
    const std::string room(row.get<std::string_view>(0));
    const auto key = erasure_key(room, row.get<std::string_view>(1));
    const auto there = row.get<std::int64_t>(2);
    const auto said = open.find(key);
    const std::int64_t by_log = said == open.end() ? 0 : said->second;
    if (there > by_log || (there < by_log && !trimmed_.count(room)))
      report.add("erased_states, " + key + ": " + std::to_string(there) +
                 " texts are erased, and by the log " + std::to_string(by_log) + " are.");
    open.erase(key);
  }
  auto marked = db.query(
      "SELECT m.room_id, m.seq FROM messages m WHERE m.erased <> EXISTS (SELECT 1 FROM erased_states e"
      " WHERE e.room_id = m.room_id AND e.seq = m.seq)");
  while (marked.step())
    report.add(message_name(marked.get<RoomId>(0), marked.get<Seq>(1)) +
               "whether it is erased isn't what its states say.");
}

void MessagesCheck::compare(sqlite::Connection& db, TablesReport& report) {
  load_leaves(db);
  check_posted(db, report);
  check_changed(db, report);
  check_chains(db, report);
  check_missing(report);
  check_erased(db, report);
  report.confirmed.push_back("messages: " + std::to_string(proven_) +
                             " states against their hashes in the log, " + std::to_string(erased_states_) +
                             " more of which only the hash is left");
  if (report.unproven > 0)
    report.not_proven.push_back("messages: " + std::to_string(report.unproven) +
                                " states of which no hash is stored");
}

}  // namespace wardroom::evidence
