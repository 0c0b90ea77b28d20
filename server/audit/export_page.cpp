#include "server/audit/export_page.hpp"

#include <algorithm>
#include <charconv>

#include "common/tlog/cosignature.hpp"
#include "common/tlog/proof.hpp"
#include "server/audit/tree.hpp"
#include "server/store/rooms.hpp"
#include "server/store/users.hpp"
#include "server/store/witnesses.hpp"

namespace wardroom::audit {
namespace {

using protocol::AuditExportPage;
using std::to_string;

constexpr std::size_t kPageBytes = 128 * 1024;
constexpr std::int64_t kPageRecords = 2'000;
constexpr std::int64_t kPageWitnesses = 64;
constexpr std::size_t kGroupLine = 256;  // leaf hashes; a larger group goes on in the next line

// Where a page begins: among the devices that vouch for the log, which come first, because each of them soon
// vouches for a newer head than the bundle's; then the records (of one, the items that were already sent);
// then the posts and the changes that are in no group.
struct Place {
  enum class Part : char {
    records = 'r',
    posts = 'p',
    changes = 'c',
    witnesses = 'w'
  } part = Part::witnesses;
  std::int64_t a = 0, b = 0, c = 0;

  std::string to_text() const {
    return std::string(1, static_cast<char>(part)) + "," + to_string(a) + "," + to_string(b) + "," +
           to_string(c);
  }
};

std::optional<Place> parse_place(std::string_view text) {
  Place place;
  if (text.empty() || std::string_view("rpcw").find(text[0]) == std::string_view::npos) return std::nullopt;
  place.part = static_cast<Place::Part>(text[0]);
  text.remove_prefix(1);
  for (std::int64_t* number : {&place.a, &place.b, &place.c}) {
    if (!text.starts_with(',')) return std::nullopt;
    const auto [end, error] = std::from_chars(text.data() + 1, text.data() + text.size(), *number);
    if (error != std::errc{} || *number < 0) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  }
  return text.empty() ? std::optional(place) : std::nullopt;
}

std::string state_line(const ExportState& s, std::string_view record, std::string_view position) {
  std::string line =
      to_string(s.room.value) + " " + to_string(s.seq.value) + " " + to_string(s.version) + " " + s.act;
  line += " ";
  line += record;
  line += " ";
  line += position;
  if (!s.erased) return line + " " + to_hex(as_bytes(s.preimage));
  // Who and when aren't proven any more: only the server says so.
  return line + " erased:" + to_hex(*s.erased) + " " + to_string(s.by.value) + " " +
         to_string(to_unix_ms(s.at));
}

// A head that is newer than the bundle's says nothing of it: what the device cosigned before isn't kept.
std::string witness_line(sqlite::Connection& db, const store::WitnessRow& witness, std::int64_t size) {
  std::string line =
      witness.key + " " + to_string(witness.record.value) + " " + to_string(witness.user.value);
  const auto key = tlog::CosignerKey::parse(witness.key);
  const auto head = tlog::parse_checkpoint(witness.note);
  if (!key || !head || head->size > size) return line + " -";
  const auto cosignature = tlog::open_cosignature(witness.note, *key);
  if (!cosignature) return line + " -";
  line += " " + to_string(head->size) + " " + to_hex(head->root) + " " + to_string(cosignature->seconds) +
          " " + to_hex(cosignature->signature) + " ";
  const auto proof = tlog::prove_consistency(node_reader(db), head->size, size);
  for (const auto& hash : proof) line += (&hash == &proof.front() ? "" : ",") + to_hex(hash);
  return proof.empty() ? line + "-" : line;
}

class Page {
 public:
  Page(sqlite::Connection& db, const store::ExportRow& row)
      : db_(db), export_(row), scope_(db, row.scope), head_at_(from_unix_ms(INT64_MAX / 2)) {
    if (const auto at = db.find<TimePoint>("SELECT at FROM audit_records WHERE idx = ?", row.size - 1))
      head_at_ = *at;
  }

  AuditExportPage::Result build(Place at) {
    std::optional<Place> next = at;
    while (next && bytes_ < kPageBytes && scanned_ < kPageRecords) {
      switch (next->part) {
        case Place::Part::records:
          next = add_records(*next);
          break;
        case Place::Part::posts:
          next = add_posts(*next);
          break;
        case Place::Part::changes:
          next = add_changes(*next);
          break;
        case Place::Part::witnesses:
          next = add_witnesses(*next);
          break;
      }
    }
    if (next) result_.next = next->to_text();
    if (next && next->part == Place::Part::witnesses)
      result_.done = 0;
    else
      result_.done = next && next->part == Place::Part::records
                         ? next->a - export_.first.value
                         : export_.last.value - export_.first.value + 1;
    add_names();
    return std::move(result_);
  }

 private:
  void add(std::vector<std::string>& to, std::string line) {
    bytes_ += line.size() + 1;
    to.push_back(std::move(line));
  }
  void add_state(const ExportState& s, std::string_view record, std::string_view position) {
    add(result_.messages, state_line(s, record, position));
    for (const UserId user : {s.by, s.author}) users_.push_back(user);
    rooms_.push_back(s.room);
  }

  std::optional<Place> add_records(const Place& from) {
    auto before = db_.find<std::int64_t>(
        "SELECT last_message FROM audit_groups WHERE idx < ? ORDER BY idx DESC LIMIT 1", from.a);
    auto row = db_.query(
        "SELECT r.idx, r.at, r.leaf, r.line, g.last_message, g.leaves FROM audit_records r"
        " LEFT JOIN audit_groups g ON g.idx = r.idx WHERE r.idx >= ? AND r.idx <= ? ORDER BY r.idx",
        from.a, export_.last);
    while (row.step()) {
      const auto idx = row.get<std::int64_t>(0);
      if (bytes_ >= kPageBytes || scanned_ >= kPageRecords) return Place{Place::Part::records, idx, 0, 0};
      GroupStates states;
      std::optional<ExportGroup> group;
      if (const auto last_message = row.get<std::optional<std::int64_t>>(4)) {
        group = ExportGroup{idx, row.get<TimePoint>(1), *last_message, row.get<Bytes>(5)};
        states = find_states(db_, scope_, *group, before);
        before = *last_message;
      }
      const auto sent = add_record(row, group, states, idx == from.a ? from.b : 0);
      if (sent) return Place{Place::Part::records, idx, *sent, 0};
      ++scanned_;
    }
    return Place{Place::Part::posts, 0, 0, 0};
  }

  // The record's line, then those of its group, then those of its messages: items from 0 on. Tells where it
  // stopped, if it did.
  std::optional<std::int64_t> add_record(const sqlite::Cursor& row, const std::optional<ExportGroup>& group,
                                         const GroupStates& states, std::int64_t skip) {
    const std::string idx = to_string(row.get<std::int64_t>(0));
    std::int64_t item = 0;
    const auto is_due = [&] { return item++ >= skip; };
    const auto line = row.get<std::string_view>(3);
    const bool concerned = scope_.concerns_record(line);
    // The group belongs into the bundle when it binds, or should bind, a message of it.
    const bool is_bound = group && (!states.placed.empty() || !states.unplaced.empty() || concerned);
    if (is_due()) {
      const bool given = is_bound || concerned;
      add(result_.records, idx + " " + to_hex(row.get<Bytes>(2)) + " " +
                               std::string(line.empty() ? "pruned"
                                           : given      ? line
                                                        : "-"));
    }
    if (is_bound)
      for (std::int64_t i = 0; i < group->size(); i += kGroupLine)
        if (is_due()) add(result_.groups, group_line(idx, *group, i));
    for (const auto& [position, state] : states.placed) {
      if (bytes_ >= kPageBytes && item >= skip) return item;
      if (is_due()) add_state(state, idx, to_string(position));
    }
    for (const auto& state : states.unplaced) {
      if (bytes_ >= kPageBytes && item >= skip) return item;
      if (is_due()) add_state(state, "-", "-");
    }
    return std::nullopt;
  }

  static std::string group_line(const std::string& idx, const ExportGroup& group, std::int64_t from) {
    std::string line = idx;
    const auto leaves = std::span(group.leaves);
    for (auto i = from; i < std::min(group.size(), from + static_cast<std::int64_t>(kGroupLine)); ++i)
      line += " " + to_hex(leaves.subspan(static_cast<std::size_t>(i) * sizeof(Digest), sizeof(Digest)));
    return line;
  }

  bool is_in_time(const ExportState& s) const {
    return (!export_.scope.since || s.at >= *export_.scope.since) &&
           (!export_.scope.until || s.at < *export_.scope.until);
  }

  std::optional<Place> add_posts(const Place& from) {
    const auto page = load_ungrouped_posts(db_, scope_, find_first_group(db_), from.a);
    for (const auto& state : page.states)
      if (is_in_time(state)) add_state(state, "-", "-");
    scanned_ += kPageRecords;  // one such page a call
    if (page.next) return Place{Place::Part::posts, *page.next, 0, 0};
    return Place{Place::Part::changes, 0, 0, 0};
  }

  std::optional<Place> add_changes(const Place& from) {
    const auto page = load_ungrouped_changes(db_, scope_, find_first_group(db_), head_at_,
                                             {RoomId{from.a}, Seq{from.b}, from.c});
    for (const auto& state : page.states)
      if (is_in_time(state)) add_state(state, "-", "-");
    scanned_ += kPageRecords;
    if (page.next)
      return Place{Place::Part::changes, page.next->room.value, page.next->seq.value, page.next->version};
    return std::nullopt;
  }

  std::optional<Place> add_witnesses(const Place& from) {
    const auto witnesses = store::load_witnesses(db_, from.a, kPageWitnesses);
    if (!result_.witnesses) result_.witnesses.emplace();
    for (const auto& witness : witnesses) {
      // Those that were made known since then stand behind the head.
      if (witness.record.value >= export_.size) continue;
      add(*result_.witnesses, witness_line(db_, witness, export_.size));
      users_.push_back(witness.user);
    }
    if (static_cast<std::int64_t>(witnesses.size()) < kPageWitnesses)
      return Place{Place::Part::records, export_.first.value, 0, 0};
    return Place{Place::Part::witnesses, witnesses.back().id, 0, 0};
  }

  void add_names() {
    std::sort(users_.begin(), users_.end());
    users_.erase(std::unique(users_.begin(), users_.end()), users_.end());
    result_.users = store::load_users(db_, users_);
    std::sort(rooms_.begin(), rooms_.end());
    rooms_.erase(std::unique(rooms_.begin(), rooms_.end()), rooms_.end());
    for (const RoomId id : rooms_)
      if (const auto room = store::find_room(db_, id))
        result_.rooms.push_back({room->id, room->name, room->kind});
  }

  sqlite::Connection& db_;
  const store::ExportRow& export_;
  const ExportScope scope_;
  TimePoint head_at_;  // of the newest record under the head
  AuditExportPage::Result result_;
  std::vector<UserId> users_;
  std::vector<RoomId> rooms_;
  std::size_t bytes_ = 0;
  std::int64_t scanned_ = 0;
};

}  // namespace

std::optional<ExportRange> find_export_range(sqlite::Connection& db,
                                             const protocol::AuditExport::Params& scope, std::int64_t size) {
  // The clock may have been set back: the range is from the first record of the time to the last, whatever
  // lies between.
  auto row = db.query(
      "SELECT min(idx), max(idx) FROM audit_records WHERE (?1 IS NULL OR at >= ?1) AND (?2 IS NULL OR at < "
      "?2)"
      " AND idx < ?3",
      scope.since, scope.until, size);
  if (!row.step()) return std::nullopt;
  const auto first = row.get<std::optional<AuditIndex>>(0);
  if (!first) return std::nullopt;
  return ExportRange{*first, row.get<AuditIndex>(1)};
}

bool may_hold_texts(sqlite::Connection& db, const ExportScope& scope) {
  return db
      .find<std::int64_t>(
          "SELECT 1 FROM messages WHERE (?1 IS NULL OR author_id = ?1) AND (?2 IS NULL OR room_id = ?2) "
          "LIMIT 1",
          scope.user(), scope.room())
      .has_value();
}

Result<AuditExportPage::Result> load_export_page(sqlite::Connection& db, const store::ExportRow& row,
                                                 const std::optional<std::string>& at) {
  Place place;
  if (at) {
    const auto given = parse_place(*at);
    if (!given ||
        (given->part == Place::Part::records && (given->a < row.first.value || given->a > row.last.value)))
      return params_error("params.at", "params.at must be `next` of the page before.");
    place = *given;
  }
  return Page(db, row).build(place);
}

}  // namespace wardroom::audit
