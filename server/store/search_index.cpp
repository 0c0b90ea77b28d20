#include "server/store/search_index.hpp"

#include <algorithm>
#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include "common/base/log.hpp"
#include "common/sqlite/transaction.hpp"
#include "common/text/search_text.hpp"
#include "server/store/database.hpp"
#include "server/store/search_terms.hpp"

namespace wardroom::store {
namespace {

// Of the file and of how texts are cut into terms: another one is rebuilt.
constexpr std::int64_t kVersion = 2;

// The words come apart from underscores, which only terms of ours have, so that the tokenizer that knows no
// Unicode is the right one: text/search_text has folded and cut them. Terms alone, without their places in
// the text: a phrase is looked for in the messages that have its words.
constexpr const char* kTables =
    "CREATE TABLE state (key TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE rooms (id INTEGER PRIMARY KEY, seq INTEGER NOT NULL);"
    // What a message's terms were made of: FTS5 must be told them to take them out.
    "CREATE TABLE docs (id INTEGER PRIMARY KEY, room_id INTEGER NOT NULL, author_id INTEGER NOT NULL,"
    " at INTEGER NOT NULL, flags INTEGER NOT NULL, text TEXT NOT NULL, files TEXT NOT NULL);"
    "CREATE VIRTUAL TABLE terms USING fts5 (line, content = '', columnsize = 0, detail = none,"
    " tokenize = \"ascii tokenchars '_'\");";

constexpr const char* kIndexPragmas =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 4000;"
    "PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -8000; PRAGMA temp_store = MEMORY;"
    "PRAGMA trusted_schema = OFF; PRAGMA secure_delete = ON";

constexpr std::int64_t kTidyPages = 500;

void remove_files(const std::filesystem::path& file) {
  for (const char* end : {"", "-wal", "-shm"}) {
    std::error_code gone;
    std::filesystem::remove(file.string() + end, gone);
  }
}

Result<std::unique_ptr<sqlite::Connection>> open_file(const std::filesystem::path& file) {
  // Its owner's alone from the first byte; the files beside it take after it.
  if (const int made = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600); made >= 0)
    ::close(made);
  auto db = sqlite::Connection::open(file, sqlite::Connection::Mode::read_write);
  if (!db) return db;
  if (auto done = (*db)->run_script(kIndexPragmas); !done) return done.error();
  const auto version = (*db)->find<std::int64_t>("PRAGMA user_version");
  if ((*db)->failure()) return *(*db)->failure();
  if (version == kVersion) return db;
  if (version != 0) return make_error(ErrorCode::internal, "The search index is of another version.");
  if (auto done = (*db)->run_script("BEGIN;" + std::string(kTables) +
                                    "PRAGMA user_version = " + std::to_string(kVersion) + "; COMMIT");
      !done)
    return done.error();
  return db;
}

DocRow read_doc(const sqlite::Cursor& row) {
  return {row.get<std::int64_t>(0), row.get<RoomId>(1),      row.get<UserId>(2),     row.get<TimePoint>(3),
          row.get<std::int64_t>(4), row.get<std::string>(5), row.get<std::string>(6)};
}

}  // namespace

Result<std::unique_ptr<SearchIndex>> SearchIndex::open(const std::filesystem::path& file,
                                                       const std::filesystem::path& database) {
  std::unique_ptr<SearchIndex> index(new SearchIndex);
  auto main = sqlite::Connection::open(database, sqlite::Connection::Mode::read_only);
  if (!main) return main.error();
  index->database_ = std::move(*main);
  auto opened = open_file(file);
  // What lacks room isn't damaged, and has none to be rebuilt in.
  if (!opened && opened.error().reason != "disk_full") {
    spdlog::warn("search.index_rebuilt message=\"{}\"", opened.error().message);
    remove_files(file);
    opened = open_file(file);
  }
  if (!opened) return opened.error();
  index->index_ = std::move(*opened);
  if (auto loaded = index->load(); !loaded) return loaded.error();
  return index;
}

bool belongs_to(sqlite::Connection& index, sqlite::Connection& database) {
  const auto version = index.find<std::int64_t>("PRAGMA user_version");
  if (version != kVersion) return false;
  // The index first: the database may go on meanwhile.
  const auto epoch = index.find<std::int64_t>("SELECT value FROM state WHERE key = 'epoch'");
  const auto last = index.find<std::int64_t>("SELECT value FROM state WHERE key = 'last'").value_or(0);
  std::map<RoomId, Seq> rooms;
  {
    auto row = index.query("SELECT id, seq FROM rooms");
    while (row.step()) rooms[row.get<RoomId>(0)] = row.get<Seq>(1);
  }
  if (epoch != load_epoch(database)) return false;
  if (last > database.find<std::int64_t>("SELECT coalesce(max(id), 0) FROM messages").value_or(0))
    return false;
  for (const auto& [room, seq] : rooms) {
    const auto now = database.find<Seq>("SELECT seq FROM rooms WHERE id = ?", room);
    if (!now || *now < seq) return false;
  }
  return true;
}

// What stands in the index, unless it is another office's or ahead of the database, as after a restored
// backup.
Result<void> SearchIndex::load() {
  const bool belongs = belongs_to(*index_, *database_);
  if (auto read = failure(); !read) return read;
  if (!belongs) return begin_again();
  last_ = index_->find<std::int64_t>("SELECT value FROM state WHERE key = 'last'").value_or(0);
  auto row = index_->query("SELECT id, seq FROM rooms");
  while (row.step()) rooms_[row.get<RoomId>(0)] = row.get<Seq>(1);
  return failure();
}

Result<void> SearchIndex::failure() const {
  if (database_->failure()) return *database_->failure();
  if (index_->failure()) return *index_->failure();
  return ok();
}

bool SearchIndex::has_news() {
  const auto version = database_->find<std::int64_t>("PRAGMA data_version").value_or(0);
  return std::exchange(seen_version_, version) != version;
}

Result<void> SearchIndex::begin_again() {
  const sqlite::Transaction view(*database_, sqlite::Transaction::Kind::read);
  sqlite::Transaction transaction(*index_, sqlite::Transaction::Kind::write);
  rooms_.clear();
  last_ = 0;
  look_again();
  index_->run("INSERT INTO terms (terms) VALUES ('delete-all')");
  index_->run("DELETE FROM docs");
  index_->run("DELETE FROM rooms");
  index_->run("DELETE FROM state");
  index_->run("INSERT INTO state (key, value) VALUES ('epoch', ?), ('last', 0), ('complete', 0)",
              load_epoch(*database_));
  auto row = database_->query("SELECT id, seq FROM rooms");
  while (row.step()) {
    rooms_[row.get<RoomId>(0)] = row.get<Seq>(1);
    index_->run("INSERT INTO rooms (id, seq) VALUES (?, ?)", row.get<RoomId>(0), row.get<Seq>(1));
  }
  if (auto read = failure(); !read) return read;
  return transaction.commit();
}

// The messages that are in the index and were changed or removed.
std::vector<std::int64_t> SearchIndex::find_changed() {
  std::vector<std::int64_t> ids;
  ahead_.clear();
  auto row = database_->query("SELECT id, seq, coalesce(trimmed_seq, 0) FROM rooms");
  while (row.step()) {
    const auto room = row.get<RoomId>(0);
    const auto seq = row.get<Seq>(1);
    const auto known = rooms_.find(room);
    const Seq from = known == rooms_.end() ? Seq{} : known->second;
    if (seq <= from) continue;
    ahead_[room] = seq;
    auto changed =
        database_->query("SELECT id, erased FROM messages WHERE room_id = ?1 AND changed > ?2 AND id <= ?3",
                         room, from, last_);
    while (changed.step()) {
      ids.push_back(changed.get<std::int64_t>(0));
      if (changed.get<bool>(1)) tidying_ = Tidying::begins;
    }
    if (row.get<Seq>(2) > from) find_removed(room, ids);
  }
  std::ranges::sort(ids);
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

void SearchIndex::find_removed(RoomId room, std::vector<std::int64_t>& ids) {
  auto row = index_->query("SELECT rowid FROM terms WHERE terms MATCH ?", '"' + room_term(room) + '"');
  while (row.step()) {
    const auto id = row.get<std::int64_t>(0);
    if (database_->find<std::int64_t>("SELECT 1 FROM messages WHERE id = ?", id)) continue;
    ids.push_back(id);
    tidying_ = Tidying::begins;
  }
}

void SearchIndex::drop(std::int64_t id) {
  std::string line;
  {
    auto row =
        index_->query("SELECT id, room_id, author_id, at, flags, text, files FROM docs WHERE id = ?", id);
    if (!row.step()) return;
    line = terms_line(read_doc(row));
  }
  index_->run("INSERT INTO terms (terms, rowid, line) VALUES ('delete', ?, ?)", id, line);
  index_->run("DELETE FROM docs WHERE id = ?", id);
}

void SearchIndex::add(const DocRow& doc) {
  index_->run("INSERT INTO docs (id, room_id, author_id, at, flags, text, files) VALUES (?,?,?,?,?,?,?)",
              doc.id, doc.room, doc.author, doc.at, doc.flags, doc.text, doc.files);
  index_->run("INSERT INTO terms (rowid, line) VALUES (?, ?)", doc.id, terms_line(doc));
}

Result<bool> SearchIndex::step(std::int64_t limit) {
  const sqlite::Transaction view(*database_, sqlite::Transaction::Kind::read);
  sqlite::Transaction transaction(*index_, sqlite::Transaction::Kind::write);
  const auto changed = find_changed();
  for (const auto id : changed) drop(id);
  for (const auto id : changed)
    if (const auto doc = load_doc(*database_, id)) add(*doc);
  std::int64_t fresh = 0, newest = last_;
  for_each_doc(*database_, last_, limit, [&](std::int64_t id, const std::optional<DocRow>& doc) {
    if (doc) add(*doc);
    ++fresh;
    newest = id;
  });
  const bool more = fresh == limit;
  for (const auto& [room, seq] : ahead_) {
    // Not ON CONFLICT: decision record 0062.
    index_->run("UPDATE rooms SET seq = ?2 WHERE id = ?1", room, seq);
    if (index_->changes() == 0) index_->run("INSERT INTO rooms (id, seq) VALUES (?, ?)", room, seq);
  }
  if (fresh > 0) index_->run("UPDATE state SET value = ? WHERE key = 'last'", newest);
  if (!more) index_->run("UPDATE state SET value = 1 WHERE key = 'complete' AND value = 0");
  auto done = failure();
  if (done) done = transaction.commit();
  database_->clear_error();
  index_->clear_error();
  if (!done) {
    look_again();
    return done.error();
  }
  for (const auto& [room, seq] : ahead_) rooms_[room] = seq;
  last_ = newest;
  return more;
}

Result<bool> SearchIndex::tidy() {
  if (tidying_ == Tidying::no) return false;
  // A negative number puts all segments on one level; the pieces after it merge them into one.
  const auto before = index_->total_changes();
  index_->run("INSERT INTO terms (terms, rank) VALUES ('merge', ?)",
              tidying_ == Tidying::begins ? -kTidyPages : kTidyPages);
  const bool worked = index_->total_changes() - before >= 2;
  tidying_ = worked ? Tidying::goes_on : Tidying::no;
  auto done = failure();
  index_->clear_error();
  if (!done) return done.error();
  return worked;
}

Result<bool> SearchIndex::clean() {
  index_->run("INSERT INTO terms (terms) VALUES ('optimize')");
  auto done = failure();
  if (done) done = index_->run_script("PRAGMA temp_store = FILE; VACUUM; PRAGMA temp_store = MEMORY");
  index_->clear_error();
  if (!done) return done.error();
  sqlite3_busy_timeout(index_->handle(), 100);
  const int code =
      sqlite3_wal_checkpoint_v2(index_->handle(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  sqlite3_busy_timeout(index_->handle(), 5000);
  return code == SQLITE_OK;
}

}  // namespace wardroom::store
