#include <algorithm>

#include "common/sqlite/transaction.hpp"
#include "server/store/database.hpp"
#include "server/store/search_index.hpp"
#include "server/store/search_terms.hpp"

// The reading side of the index, and its check.
namespace wardroom::store {
namespace {

constexpr std::size_t kFindingsShown = 10;

// Terms have no quotes in them: nothing that somebody types is ever read as syntax.
std::string to_match(const SearchNarrowing& narrowing) {
  std::string match;
  for (const auto& choice : narrowing.all_of) {
    std::string any;
    for (const auto& terms : choice) {
      std::string all;
      for (const auto& term : terms) all += (all.empty() ? "\"" : " AND \"") + term + '"';
      any += (any.empty() ? "(" : " OR (") + all + ')';
    }
    match += (match.empty() ? "(" : " AND (") + any + ')';
  }
  return match;
}

std::optional<SearchCandidate> load_candidate(sqlite::Connection& db, std::int64_t id) {
  static constexpr auto kCandidate =
      sqlite::SqlPiece(
          "SELECT room_id, seq, author_id, at, text, edited_at IS NOT NULL, pinned IS NOT NULL,"
          " changed IS NOT NULL AND EXISTS"
          " (SELECT 1 FROM reactions r WHERE r.room_id = m.room_id AND r.seq = m.seq), files, ") +
      kHasImage + " FROM messages m WHERE id = ? AND deleted = 0 AND erased = 0";
  auto row = db.query(kCandidate, id);
  if (!row.step()) return std::nullopt;
  return SearchCandidate{id,
                         row.get<RoomId>(0),
                         row.get<Seq>(1),
                         row.get<UserId>(2),
                         row.get<TimePoint>(3),
                         row.get<std::string>(4),
                         row.get<bool>(5),
                         row.get<bool>(6),
                         row.get<bool>(7),
                         file_names(row.get<std::string_view>(8)),
                         row.get<bool>(9)};
}

void walk(sqlite::Connection& db, sqlite::Cursor row,
          const std::function<bool(const SearchCandidate&)>& look) {
  while (row.step())
    if (const auto candidate = load_candidate(db, row.get<std::int64_t>(0)); candidate && !look(*candidate))
      return;
}

// A word of the message that the index must find it by.
bool finds_itself(sqlite::Connection& index, const DocRow& doc) {
  const std::string line = terms_line(doc);
  const std::string term = line.substr(0, line.find(' '));
  return index
      .find<std::int64_t>("SELECT 1 FROM terms WHERE terms MATCH ?1 AND rowid = ?2", '"' + term + '"', doc.id)
      .has_value();
}

// Walks the index and the messages beside each other, by messages.id. What was changed in the database since
// the index last looked isn't wrong, only behind.
class DocsCheck {
 public:
  DocsCheck(sqlite::Connection& index, sqlite::Connection& database) : index_(index), database_(database) {}

  SearchCheck run() {
    // The index first: the database is then as new or newer.
    last_ = index_.find<std::int64_t>("SELECT value FROM state WHERE key = 'last'").value_or(0);
    {
      auto row = index_.query("SELECT id, seq FROM rooms");
      while (row.step()) seen_[row.get<RoomId>(0)] = row.get<Seq>(1);
    }
    auto doc = index_.query("SELECT id, room_id, author_id, at, flags, text, files FROM docs ORDER BY id");
    bool has = doc.step();
    auto row = database_.query(
        "SELECT id, room_id, coalesce(changed, 0) FROM messages WHERE deleted = 0 AND erased = 0 ORDER BY "
        "id");
    while (row.step()) {
      const auto id = row.get<std::int64_t>(0);
      for (; has && doc.get<std::int64_t>(0) < id; has = doc.step()) check_surplus(read_held(doc));
      const bool is_held = has && doc.get<std::int64_t>(0) == id;
      if (id > last_ || row.get<Seq>(2) > seen_[row.get<RoomId>(1)])
        ++check_.behind;
      else if (!is_held)
        find(id, "isn't in the index.");
      else
        check_held(read_held(doc));
      if (is_held) has = doc.step();
    }
    for (; has; has = doc.step()) check_surplus(read_held(doc));
    return std::move(check_);
  }

 private:
  static DocRow read_held(const sqlite::Cursor& row) {
    return {row.get<std::int64_t>(0), row.get<RoomId>(1),      row.get<UserId>(2),     row.get<TimePoint>(3),
            row.get<std::int64_t>(4), row.get<std::string>(5), row.get<std::string>(6)};
  }

  void find(std::int64_t id, const char* what) {
    if (check_.findings.size() < kFindingsShown)
      check_.findings.push_back("Message " + std::to_string(id) + " " + what);
  }

  void check_held(const DocRow& held) {
    ++check_.messages;
    if (load_doc(database_, held.id) != held)
      find(held.id, "is otherwise in the index than in the room.");
    else if (!finds_itself(index_, held))
      find(held.id, "isn't found by its first word.");
  }

  void check_surplus(const DocRow& held) {
    const Seq seen = seen_[held.room];
    const auto since = database_.find<Seq>(
        "SELECT max(coalesce((SELECT changed FROM messages WHERE id = ?1), 0),"
        " coalesce((SELECT trimmed_seq FROM rooms WHERE id = ?2), 0))",
        held.id, held.room);
    if (since && *since > seen)
      ++check_.behind;
    else
      find(held.id, "is gone and yet in the index.");
  }

  sqlite::Connection& index_;
  sqlite::Connection& database_;
  std::int64_t last_ = 0;
  std::map<RoomId, Seq> seen_;
  SearchCheck check_;
};

}  // namespace

Result<void> attach_search_index(sqlite::Connection& db, const std::filesystem::path& file) {
  std::string quoted;
  for (const char c : file.string()) quoted += c == '\'' ? std::string("''") : std::string(1, c);
  return db.run_script("ATTACH '" + quoted + "' AS search");
}

void find_candidates(sqlite::Connection& db, const SearchNarrowing& narrowing,
                     const std::function<bool(const SearchCandidate&)>& look) {
  const std::string match = to_match(narrowing);
  const auto beyond = narrowing.beyond.value_or(narrowing.oldest_first ? 0 : INT64_MAX);
  if (match.empty() && narrowing.oldest_first)
    walk(db, db.query("SELECT id FROM search.docs WHERE id > ? ORDER BY id", beyond), look);
  else if (match.empty())
    walk(db, db.query("SELECT id FROM search.docs WHERE id < ? ORDER BY id DESC", beyond), look);
  else if (narrowing.oldest_first)
    walk(db,
         db.query("SELECT rowid FROM search.terms WHERE terms MATCH ? AND rowid > ? ORDER BY rowid", match,
                  beyond),
         look);
  else
    walk(db,
         db.query("SELECT rowid FROM search.terms WHERE terms MATCH ? AND rowid < ? ORDER BY rowid DESC",
                  match, beyond),
         look);
}

std::optional<std::int64_t> find_message_id(sqlite::Connection& db, RoomId room, Seq seq) {
  return db.find<std::int64_t>("SELECT id FROM messages WHERE room_id = ? AND seq = ?", room, seq);
}

bool is_search_complete(sqlite::Connection& db) {
  return db.find<std::int64_t>("SELECT value FROM search.state WHERE key = 'complete'").value_or(0) != 0;
}

Result<SearchCheck> check_search_index(const std::filesystem::path& file,
                                       const std::filesystem::path& database) {
  auto main = open_for_reading(database);
  if (!main) return main.error();
  auto index = open_for_reading(file);
  if (!index) return index.error();
  const sqlite::Transaction index_view(**index, sqlite::Transaction::Kind::read);
  const sqlite::Transaction view(**main, sqlite::Transaction::Kind::read);
  SearchCheck check;
  check.is_other = !belongs_to(**index, **main);
  if (!check.is_other) check = DocsCheck(**index, **main).run();
  for (const auto* db : {main->get(), index->get()})
    if (db->failure()) return *db->failure();
  return check;
}

}  // namespace wardroom::store
