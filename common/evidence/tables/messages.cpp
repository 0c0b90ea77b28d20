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
  // Of the posted one.
  protocol::MessageForm form = {};
  std::optional<Seq> reply_to;
  Uuid client_id;
  std::string_view files;
  std::optional<Seq> thread;
};

namespace {

using MessageAct = protocol::MessageVersion::Act;

// Of a piece: hashes of groups, and states.
constexpr std::size_t kLeavesAtOnce = 2000;
constexpr std::int64_t kStatesAtOnce = 1000;
// The clock may go back this far without a record, which keeps to the time of the one before then.
constexpr std::chrono::seconds kMayBeLate{10};

std::string message_name(RoomId room, Seq seq) {
  return "messages, " + std::to_string(seq.value) + " of room " + std::to_string(room.value) + ": ";
}

std::string erasure_key(std::string_view room, std::string_view author) {
  return "person " + std::string(author) + " in room " + std::string(room);
}

}  // namespace

void MessagesCheck::take(const Act& act) {
  if (act.is("messages.committed"))
    forms_.meet(act.idx(),
                act.after("v2_since") ? std::optional(act.after_number("v2_since")) : std::nullopt);
  if (act.is("server.clock_jump")) was_clock_set_ = removed_before_.has_value();
  if (act.is("room.retention_applied")) {
    removed_states_ += act.after_number("states");
    trimmed_[act.room()] = true;
  }
  if (act.is("privacy.subject_erased"))
    erased_[erasure_key(act.room(), act.target())] += act.after_number("texts");
}

void MessagesCheck::begin() {
  if (!removed_before_) removed_before_ = removed_states_;
}

// The next groups with their hashes; nothing when there are fewer than `least` of these.
std::optional<MessagesCheck::Span> MessagesCheck::take_groups(sqlite::Connection& db, std::size_t least) {
  struct Group {
    std::int64_t idx;
    std::string leaves;
  };
  std::vector<Group> groups;
  std::size_t leaves = 0;
  Span span{id_, id_, at_, at_};
  // What was above is gone, and its numbers are given again.
  span.after_id = span.last_id =
      std::min(id_, db.find<std::int64_t>("SELECT max(id) FROM messages").value_or(0));
  std::optional<TimePoint> without;
  auto row = db.query(
      "SELECT r.idx, r.at, g.last_message, g.leaves FROM audit_records r LEFT JOIN audit_groups g ON "
      "g.idx = "
      "r.idx WHERE r.type = 'messages.committed' AND r.idx >= ? ORDER BY r.idx",
      next_group_);
  while (leaves < kLeavesAtOnce && groups.size() < kLeavesAtOnce && row.step()) {
    const auto at = row.get<TimePoint>(1);
    // Its changes are those of the time up to it; of the last seconds some may be of later groups.
    span.last_at = std::max(span.last_at, to_unix_ms(at - kMayBeLate));
    if (const auto last = row.get<std::optional<std::int64_t>>(2))
      span.last_id = std::max(span.last_id, *last);
    else
      without = at;
    groups.push_back({row.get<std::int64_t>(0), row.get<std::string>(3)});
    leaves += groups.back().leaves.size() / sizeof(Digest);
  }
  if (groups.empty() || (leaves < least && groups.size() < least)) return std::nullopt;
  for (const auto& group : groups) match_.add_group(group.idx, group.leaves);
  next_group_ = groups.back().idx + 1;
  if (without) last_without_hashes_ = without;
  return span;
}

void MessagesCheck::check_span(sqlite::Connection& db, const Span& span, TablesReport& report) {
  check_posted(db, span, report);
  check_changed(db, span, report);
  check_chains(db, span, report);
  match_.end_window();
  id_ = span.last_id;
  at_ = span.last_at;
}

void MessagesCheck::check_state(const State& s, TablesReport& report) {
  protocol::Salt salt{};
  if (!s.erased && s.salt.size() != salt.size())
    return report.add(message_name(s.room, s.seq) + "state " + std::to_string(s.version) +
                      " has lost the salt of its hash, and isn't erased.");
  if (s.erased && !(s.text.empty() && s.files.empty()))
    return report.add(message_name(s.room, s.seq) + "state " + std::to_string(s.version) +
                      " is marked as erased and has a text, or files.");
  // A tab or a line feed in a name would make two files look like one.
  if (!protocol::parse_files(s.files))
    return report.add(message_name(s.room, s.seq) + "what it says of its files can't be read.");
  if (!s.erased) std::copy_n(as_bytes(s.salt).begin(), salt.size(), salt.begin());
  const auto act = protocol::parse_enum<MessageAct>(s.act).value_or(MessageAct::posted);
  if ((act == MessageAct::posted) != (s.version == 1))
    return report.add(message_name(s.room, s.seq) + "state " + std::to_string(s.version) + " can't be \"" +
                      std::string(s.act) + "\".");
  if (s.version == 1 && (s.form < protocol::MessageForm::v1 || s.form > protocol::MessageForm::v3))
    return report.add(message_name(s.room, s.seq) + "there is no such form of a message.");
  // Only this form binds the thread in.
  if (s.version == 1 && s.thread.has_value() != (s.form == protocol::MessageForm::v3))
    return report.add(message_name(s.room, s.seq) +
                      "whether it stands in a thread isn't what its form says.");
  const Digest commitment =
      s.erased ? *s.erased
      : s.version == 1
          ? protocol::commit_to(salt, protocol::PostedState{s.room, s.seq, s.by, s.at, s.text, s.form,
                                                            s.reply_to, s.client_id, s.files, s.thread})
          : protocol::commit_to(
                salt, protocol::ChangedState{s.room, s.seq, s.version, act, s.by, s.at, s.reason, s.text});
  const bool is_old = s.version == 1 && s.form == protocol::MessageForm::v1;
  match_.meet(tlog::leaf_hash(commitment), {s.room, s.seq, s.version, s.at, s.erased.has_value(), is_old});
}

void MessagesCheck::tell_waiting(TablesReport& report) const {
  for (const auto& state : match_.waiting())
    if (last_without_hashes_ && state.at <= *last_without_hashes_)
      ++report.unproven;
    else
      report.add(message_name(state.room, state.seq) + "state " + std::to_string(state.version) +
                 " isn't what was written: the log bound in no such text, author, time, answered message and "
                 "thread.");
}

void MessagesCheck::check_posted(sqlite::Connection& db, const Span& span, TablesReport& report) {
  auto row = db.query(
      "SELECT m.room_id, m.seq, m.author_id, m.at, iif(m.version = 1, m.text, v.text),"
      " iif(m.version = 1, m.salt, v.salt), e.commitment, m.version = 1 OR v.version IS NOT NULL,"
      " m.version > 1 AND (v.by_id IS NOT m.author_id OR v.at IS NOT m.at), m.form, m.reply_to, m.client_id,"
      " iif(m.version = 1, 'posted', v.act), m.files, m.thread"
      " FROM messages m"
      " LEFT JOIN message_versions v ON m.version > 1 AND v.room_id = m.room_id AND v.seq = m.seq"
      "  AND v.version = 1"
      " LEFT JOIN erased_states e ON e.room_id = m.room_id AND e.seq = m.seq AND e.version = 1"
      " WHERE m.id > ? AND m.id <= ?",
      span.after_id, span.last_id);
  while (row.step()) {
    const State state{row.get<RoomId>(0),
                      row.get<Seq>(1),
                      1,
                      row.get<std::string_view>(12),
                      row.get<UserId>(2),
                      row.get<TimePoint>(3),
                      {},
                      row.get<std::string_view>(4),
                      row.get<std::string_view>(5),
                      to_digest(row.get<std::optional<Bytes>>(6)),
                      protocol::MessageForm{row.get<std::int64_t>(9)},
                      row.get<std::optional<Seq>>(10),
                      protocol::to_client_id(as_bytes(row.get<std::string_view>(11))),
                      row.get<std::string_view>(13),
                      row.get<std::optional<Seq>>(14)};
    if (!row.get<bool>(7))
      report.add(message_name(state.room, state.seq) + "the state that was posted is missing.");
    else if (row.get<bool>(8))
      report.add(message_name(state.room, state.seq) +
                 "its author or time isn't that of the state that was posted.");
    else
      check_state(state, report);
  }
}

void MessagesCheck::check_changed(sqlite::Connection& db, const Span& span, TablesReport& report) {
  auto row = db.query(
      "SELECT v.room_id, v.seq, v.version, v.act, v.by_id, v.at, v.reason, v.text, v.salt, e.commitment"
      " FROM message_versions v"
      " LEFT JOIN erased_states e ON e.room_id = v.room_id AND e.seq = v.seq AND e.version = v.version"
      " WHERE v.version > 1 AND v.at > ? AND v.at <= ?",
      span.after_at, span.last_at);
  while (row.step())
    check_state({row.get<RoomId>(0), row.get<Seq>(1), row.get<std::int64_t>(2), row.get<std::string_view>(3),
                 row.get<UserId>(4), row.get<TimePoint>(5), row.get<std::string_view>(6),
                 row.get<std::string_view>(7), row.get<std::string_view>(8),
                 to_digest(row.get<std::optional<Bytes>>(9))},
                report);
}

// What is shown is the newest state, and states are numbered without a gap.
void MessagesCheck::check_chains(sqlite::Connection& db, const Span& span, TablesReport& report) {
  auto differs = db.query(
      "SELECT m.room_id, m.seq FROM messages m JOIN message_versions v ON v.room_id = m.room_id AND v.seq = "
      "m.seq"
      " AND v.version = m.version WHERE m.id > ? AND m.id <= ? AND m.version > 1 AND (v.text <> m.text OR "
      "v.salt <> m.salt"
      " OR (v.act = 'deleted') <> m.deleted OR m.deleted_by IS NOT iif(m.deleted, v.by_id, NULL)"
      " OR m.delete_reason IS NOT iif(m.deleted AND v.reason <> '', v.reason, NULL)"
      " OR m.edited_at IS NOT (SELECT e.at FROM message_versions e WHERE e.room_id = m.room_id"
      "  AND e.seq = m.seq AND e.act = 'edited' ORDER BY e.version DESC LIMIT 1))",
      span.after_id, span.last_id);
  while (differs.step())
    report.add(message_name(differs.get<RoomId>(0), differs.get<Seq>(1)) +
               "what is shown isn't its newest state.");
  auto gaps = db.query(
      "SELECT m.room_id, m.seq FROM messages m WHERE m.id > ? AND m.id <= ? AND m.version > 1 AND (SELECT "
      "count(*) FROM "
      "message_versions v"
      " WHERE v.room_id = m.room_id AND v.seq = m.seq AND v.version BETWEEN 1 AND m.version) <> m.version",
      span.after_id, span.last_id);
  while (gaps.step())
    report.add(message_name(gaps.get<RoomId>(0), gaps.get<Seq>(1)) + "one of its states is missing.");
  auto miscounted = db.query(
      "SELECT m.room_id, m.seq FROM messages m WHERE m.id > ? AND m.id <= ? AND m.replies <> (SELECT count(*)"
      " FROM messages r WHERE r.room_id = m.room_id AND r.thread = m.seq AND r.deleted = 0)",
      span.after_id, span.last_id);
  while (miscounted.step())
    report.add(message_name(miscounted.get<RoomId>(0), miscounted.get<Seq>(1)) +
               "it has another number of replies than it says.");
  auto unchanged = db.query(
      "SELECT room_id, seq FROM messages WHERE id > ? AND id <= ? AND version = 1 AND"
      " (deleted <> 0 OR deleted_by IS NOT NULL OR delete_reason IS NOT NULL OR edited_at IS NOT NULL)",
      span.after_id, span.last_id);
  while (unchanged.step())
    report.add(message_name(unchanged.get<RoomId>(0), unchanged.get<Seq>(1)) +
               "it is marked as changed, and has no other state than the one that was posted.");
  auto marked = db.query(
      "SELECT m.room_id, m.seq FROM messages m WHERE m.id > ? AND m.id <= ? AND m.erased <> EXISTS"
      " (SELECT 1 FROM erased_states e WHERE e.room_id = m.room_id AND e.seq = m.seq)",
      span.after_id, span.last_id);
  while (marked.step())
    report.add(message_name(marked.get<RoomId>(0), marked.get<Seq>(1)) +
               "whether it is erased isn't what its states say.");
}

// The next states against their messages; false when there are no more.
bool MessagesCheck::check_foreign(sqlite::Connection& db, TablesReport& report) {
  if (is_foreign_done_) return false;
  auto row = db.query(
      "SELECT v.room_id, v.seq, v.version, m.id IS NULL OR v.version > m.version OR m.version = 1"
      " FROM message_versions v LEFT JOIN messages m ON m.room_id = v.room_id AND m.seq = v.seq"
      " WHERE (v.room_id, v.seq, v.version) > (?, ?, ?) ORDER BY v.room_id, v.seq, v.version LIMIT ?",
      foreign_.room, foreign_.seq, foreign_.version, kStatesAtOnce);
  std::int64_t count = 0;
  for (; row.step(); ++count) {
    foreign_ = {row.get<std::int64_t>(0), row.get<std::int64_t>(1), row.get<std::int64_t>(2)};
    if (row.get<bool>(3))
      report.add(message_name(RoomId{foreign_.room}, Seq{foreign_.seq}) +
                 "there is a state that belongs to no message, or comes after its newest.");
  }
  is_foreign_done_ = count < kStatesAtOnce;
  return !is_foreign_done_;
}

void MessagesCheck::check_forms(sqlite::Connection& db, TablesReport& report) const {
  for (auto& finding : forms_.findings()) report.add(std::move(finding));
  const auto noted =
      db.find<std::int64_t>("SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'messages_v2_since'");
  if (!noted || (forms_.since() && *noted != *forms_.since()))
    report.add("meta, messages_v2_since: the log has another record from which on messages have a new form.");
  if (match_.met_old() == 0) return;
  report.not_proven.push_back("messages: what " + std::to_string(match_.met_old()) +
                              " of before the form v2 answer, and their client_id");
  const auto& [newest, record] = match_.newest_old();
  if (!forms_.allows(1, record))
    report.add(message_name(newest.room, newest.seq) + "record " + std::to_string(record) +
               " bound it in without what it answers, in a form that doesn't hold any more since record " +
               std::to_string(*forms_.since()) + ".");
}

void MessagesCheck::check_missing(TablesReport& report) const {
  const std::int64_t missing = match_.missing();
  const std::int64_t least = removed_before_.value_or(0);
  // What was removed while the check ran was met before, or not.
  if (least < removed_states_ && missing >= least && missing <= removed_states_)
    report.not_proven.push_back("messages: retention removed " + std::to_string(removed_states_ - least) +
                                " states during the check; whether only those are gone is seen next time");
  // States of before the hashes were stored can be among what was removed.
  if (missing <= removed_states_ && (missing >= least || last_without_hashes_)) return;
  if (missing < least)
    return report.add("messages: by the log retention removed " + std::to_string(least) +
                      " states, and only " + std::to_string(missing) + " are gone.");
  if (was_clock_set_) {
    report.unproven += missing - removed_states_;
    return report.not_proven.push_back("messages: the clock was set during the check, which missed " +
                                       std::to_string(missing - removed_states_) + " states");
  }
  const auto [record, count] = match_.newest_gap();
  report.add("messages: " + std::to_string(missing) + " states that the log bound in aren't there, and " +
             std::to_string(removed_states_) + " were removed by retention; " + std::to_string(count) +
             " of them are of record " + std::to_string(record) + ".");
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
}

bool MessagesCheck::step(sqlite::Connection& db, TablesReport& report) {
  begin();
  if (const auto span = take_groups(db, kLeavesAtOnce)) {
    check_span(db, *span, report);
    return true;
  }
  return check_foreign(db, report);
}

void MessagesCheck::compare(sqlite::Connection& db, TablesReport& report) {
  constexpr auto kAll = std::numeric_limits<std::int64_t>::max();
  begin();
  while (const auto span = take_groups(db, 1)) check_span(db, *span, report);
  const auto newest = db.find<std::int64_t>("SELECT max(id) FROM messages").value_or(0);
  check_span(db, {std::min(id_, newest), kAll, at_, kAll}, report);
  while (check_foreign(db, report)) {
  }
  match_.look_back(db);
  const std::int64_t before = report.unproven;
  tell_waiting(report);
  if (report.unproven > before)
    report.not_proven.push_back("messages: " + std::to_string(report.unproven - before) +
                                " states of which no hash is stored");
  check_forms(db, report);
  check_missing(report);
  check_erased(db, report);
  report.confirmed.push_back("messages: " + std::to_string(match_.met()) +
                             " states against their hashes in the log, " +
                             std::to_string(match_.met_erased()) + " more of which only the hash is left");
}

}  // namespace wardroom::evidence
