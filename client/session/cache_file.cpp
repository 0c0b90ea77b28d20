#include "client/session/cache_file.hpp"

#include <algorithm>

#include "client/model/cached_words.hpp"
#include "client/session/cache_schema.hpp"
#include "client/session/cached_json.hpp"
#include "common/sqlite/migrations.hpp"
#include "common/sqlite/transaction.hpp"
#include "protocol/codec.hpp"

namespace wardroom::client {
namespace {

using protocol::Message;

// A page and the head of the table must be right before the rest is trusted.
constexpr const char* kPragmas =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;"
    "PRAGMA cache_size = -4096; PRAGMA temp_store = MEMORY;";

bool is_damage(const Error& error) {
  return error.reason == "database_damaged" || error.reason == "database";
}

// The columns of a message in the order in which they are asked for everywhere.
Message message_in(const sqlite::Cursor& row) {
  Message message;
  message.seq = row.get<Seq>(0);
  message.at = row.get<TimePoint>(1);
  message.author = row.get<UserId>(2);
  message.text = row.get<std::string>(3);
  message.client_id = row.get<std::optional<std::string>>(4);
  message.reply_to = row.get<std::optional<Seq>>(5);
  message.changed = row.get<std::optional<Seq>>(6);
  message.edited_at = row.get<std::optional<TimePoint>>(7);
  if (row.get<bool>(8)) message.deleted = true;
  message.deleted_by = row.get<std::optional<UserId>>(9);
  message.delete_reason = row.get<std::optional<std::string>>(10);
  if (const auto reactions = row.get<std::optional<std::string>>(11))
    message.reactions = decoded<std::vector<protocol::Reaction>>(*reactions);
  if (row.get<bool>(12)) message.pinned = true;
  if (const auto files = row.get<std::optional<std::string>>(13))
    message.files = decoded<std::vector<protocol::File>>(*files);
  message.thread = row.get<std::optional<Seq>>(14);
  if (const auto replies = row.get<std::optional<std::string>>(15))
    message.replies = decoded<protocol::Replies>(*replies);
  return message;
}

std::optional<std::string> reactions_text(const Message& message) {
  if (!message.reactions) return std::nullopt;
  return protocol::encode(*message.reactions);
}

std::optional<std::string> files_text(const Message& message) {
  if (!message.files) return std::nullopt;
  return protocol::encode(*message.files);
}

std::optional<std::string> replies_text(const Message& message) {
  if (!message.replies) return std::nullopt;
  return protocol::encode(*message.replies);
}

}  // namespace

Result<CacheFile::Opened> CacheFile::open_sound(const std::filesystem::path& file, const char* vfs) {
  auto db = sqlite::Connection::open(file, sqlite::Connection::Mode::read_write, vfs);
  if (!db) return std::move(db).error();
  if (auto set = (*db)->run_script(kPragmas); !set) return set.error();
  if (auto migrated = sqlite::migrate(**db, cache_migrations()); !migrated) return migrated.error();
  Opened opened;
  opened.cache.reset(new CacheFile(std::move(*db)));
  if (auto loaded = opened.cache->load(opened); !loaded) return loaded.error();
  return opened;
}

Result<void> CacheFile::load(Opened& into) {
  load_settings(into.settings, into.state);
  load_outbox(into.state);
  load_uploads(into.state);
  load_thread_drafts(into.state);
  load_told_drafts(into.state);
  load_rooms(into.state);
  load_threads(into.state);
  if (db_->failure()) return *db_->failure();
  return ok();
}

void CacheFile::load_rooms(CachedState& state) {
  auto rooms = db_->query(
      "SELECT rooms.room, covers_from, covers_to, coalesce(drafts.text, '') FROM rooms LEFT JOIN drafts ON "
      "drafts.room = rooms.id");
  while (rooms.step()) {
    auto room = decoded<protocol::MyRoom>(rooms.get<std::string_view>(0));
    if (room)
      state.rooms.push_back(
          {std::move(*room), {rooms.get<Seq>(1), rooms.get<Seq>(2)}, rooms.get<std::string>(3)});
  }
  auto people = db_->query("SELECT person FROM people");
  while (people.step())
    if (auto person = decoded<protocol::User>(people.get<std::string_view>(0)))
      state.people.push_back(std::move(*person));
}

void CacheFile::load_outbox(CachedState& state) {
  auto rows = db_->query(
      "SELECT client_id, room, text, reply_to, written_at, failure, files, thread FROM outbox"
      " ORDER BY position");
  while (rows.step())
    state.outbox.push_back({rows.get<std::string>(0), rows.get<RoomId>(1), rows.get<std::string>(2),
                            rows.get<std::optional<Seq>>(3), rows.get<TimePoint>(4), rows.get<std::string>(5),
                            rows.get<std::int64_t>(6), rows.get<std::optional<Seq>>(7)});
}

void CacheFile::load_thread_drafts(CachedState& state) {
  auto rows = db_->query("SELECT room, root, text FROM thread_drafts");
  while (rows.step())
    state.thread_drafts.push_back({{rows.get<RoomId>(0), rows.get<Seq>(1)}, rows.get<std::string>(2)});
}

void CacheFile::load_told_drafts(CachedState& state) {
  auto rows = db_->query("SELECT room, root, text FROM told_drafts");
  while (rows.step())
    state.told_drafts.push_back({{rows.get<RoomId>(0), rows.get<Seq>(1)}, rows.get<std::string>(2)});
}

void CacheFile::load_threads(CachedState& state) {
  auto rows = db_->query("SELECT thread FROM threads");
  while (rows.step())
    if (auto thread = decoded<protocol::MyThread>(rows.get<std::string_view>(0)))
      state.threads.push_back(std::move(*thread));
}

void CacheFile::load_uploads(CachedState& state) {
  auto rows = db_->query(
      "SELECT key, room, client_id, path, name, size, modified_ns, file, whole, paused, failure, thread FROM "
      "uploads"
      " ORDER BY position");
  while (rows.step())
    state.uploads.push_back({rows.get<std::string>(0),
                             {rows.get<RoomId>(1), rows.get<std::optional<Seq>>(11).value_or(Seq{})},
                             rows.get<std::string>(2),
                             rows.get<std::string>(3),
                             rows.get<std::string>(4),
                             rows.get<std::int64_t>(5),
                             rows.get<std::int64_t>(6),
                             rows.get<std::string>(7),
                             rows.get<bool>(8),
                             rows.get<bool>(9),
                             rows.get<std::string>(10)});
}

Result<CacheFile::Opened> CacheFile::open(const std::filesystem::path& file, const char* vfs) {
  auto opened = open_sound(file, vfs);
  if (opened || !is_damage(opened.error())) return opened;
  return remake(file, vfs);
}

Result<CacheFile::Opened> CacheFile::remake(const std::filesystem::path& file, const char* vfs) {
  // What the person wrote can't be fetched again: it is read as far as it can be.
  CachedState saved;
  Settings settings;
  if (auto db = sqlite::Connection::open(file, sqlite::Connection::Mode::read_only, vfs)) {
    CacheFile damaged(std::move(*db));
    damaged.load_outbox(saved);
    damaged.db_->clear_error();
    damaged.load_uploads(saved);
    damaged.db_->clear_error();
    damaged.load_thread_drafts(saved);
    damaged.db_->clear_error();
    damaged.load_settings(settings, saved);
  }
  std::error_code ignored;
  std::filesystem::rename(file, file.string() + ".damaged", ignored);
  for (const char* suffix : {"-wal", "-shm"}) std::filesystem::remove(file.string() + suffix, ignored);
  auto opened = open_sound(file, vfs);
  if (!opened) return opened;
  std::vector<CacheJob> jobs = {SaveSettings{settings}};
  for (const auto& row : saved.outbox) jobs.emplace_back(SaveOutbox{row});
  for (const auto& row : saved.uploads) jobs.emplace_back(SaveUpload{row});
  for (const auto& draft : saved.thread_drafts) jobs.emplace_back(SaveThreadDraft{draft.thread, draft.text});
  std::vector<PageLoaded> none;
  if (auto kept = opened->cache->apply(jobs, none); !kept) return kept.error();
  opened->state.outbox = std::move(saved.outbox);
  opened->state.uploads = std::move(saved.uploads);
  opened->state.thread_drafts = std::move(saved.thread_drafts);
  opened->settings = settings;
  opened->note = "The local copy of your rooms was damaged. It is being loaded again from the server.";
  return opened;
}

Result<void> CacheFile::apply(const std::vector<CacheJob>& jobs, std::vector<PageLoaded>& pages) {
  db_->clear_error();
  trimmed_.clear();
  searched_.clear();
  threads_.clear();
  sqlite::Transaction transaction(*db_, sqlite::Transaction::Kind::write);
  for (const auto& job : jobs) {
    if (const auto* load = std::get_if<LoadPage>(&job))
      pages.push_back(page(*load));
    else
      std::visit(
          [this](const auto& one) {
            if constexpr (!std::is_same_v<std::decay_t<decltype(one)>, LoadPage>) run(one);
          },
          job);
  }
  return transaction.commit();
}

void CacheFile::run(const SaveOutbox& job) {
  const auto& row = job.row;
  // First: the row takes those along that are still its own.
  for (const auto& key : job.uploads)
    db_->run("UPDATE uploads SET client_id = ? WHERE key = ?", row.client_id, key);
  if (!job.replaces.empty()) run(EraseOutbox{job.replaces});
  db_->run(
      "INSERT INTO outbox (client_id, room, text, reply_to, written_at, failure, files, thread)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
      " ON CONFLICT (client_id) DO UPDATE SET failure = excluded.failure, files = excluded.files",
      row.client_id, row.room, row.text, row.reply_to, row.written_at, row.failure, row.files, row.thread);
}

void CacheFile::run(const SaveUpload& job) {
  const auto& row = job.row;
  const auto thread = row.place.thread.is_set() ? std::optional(row.place.thread) : std::nullopt;
  db_->run(
      "INSERT INTO uploads (key, room, client_id, path, name, size, modified_ns, file, whole, paused, "
      "failure, thread)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET"
      " client_id = excluded.client_id, file = excluded.file, whole = excluded.whole,"
      " paused = excluded.paused, failure = excluded.failure",
      row.key, row.place.room, row.client_id, row.path, row.name, row.size, row.modified_ns, row.file,
      row.whole, row.paused, row.failure, thread);
}

void CacheFile::run(const EraseUpload& job) {
  db_->run("DELETE FROM uploads WHERE key = ?", job.key);
}

void CacheFile::run(const EraseOutbox& job) {
  db_->run("DELETE FROM uploads WHERE client_id = ?", job.client_id);
  db_->run("DELETE FROM outbox WHERE client_id = ?", job.client_id);
}

// What is there stays when it is newer: a page that was read before a change may come after it.
void CacheFile::store_message(RoomId room, const Message& message) {
  db_->run(
      "INSERT INTO messages (room, seq, at, author, text, client_id, reply_to, changed, edited_at, deleted,"
      " deleted_by, delete_reason, reactions, pinned, files, thread, replies)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (room, seq) DO UPDATE SET"
      " at = excluded.at, author = excluded.author, text = excluded.text, client_id = excluded.client_id,"
      " reply_to = excluded.reply_to, changed = excluded.changed, edited_at = excluded.edited_at,"
      " deleted = excluded.deleted, deleted_by = excluded.deleted_by, delete_reason = excluded.delete_reason,"
      " reactions = excluded.reactions, pinned = excluded.pinned, files = excluded.files,"
      " thread = excluded.thread, replies = excluded.replies"
      " WHERE coalesce(excluded.changed, 0) >= coalesce(messages.changed, 0)",
      room, message.seq, message.at, message.author, message.text, message.client_id, message.reply_to,
      message.changed, message.edited_at, message.deleted.value_or(false), message.deleted_by,
      message.delete_reason, reactions_text(message), message.pinned.value_or(false), files_text(message),
      message.thread, replies_text(message));
}

void CacheFile::run(const StoreMessages& job) {
  for (const auto& message : job.messages) store_message(job.room, message);
  for (const auto& client_id : job.sent) run(EraseOutbox{client_id});
  db_->run("UPDATE rooms SET covers_from = ?, covers_to = ? WHERE id = ?", job.coverage.from, job.coverage.to,
           job.room);
}

void CacheFile::run(const ChangeMessage& job) {
  const RoomId room = room_of(job.change);
  std::optional<Message> message;
  {
    auto row = db_->query(
        "SELECT seq, at, author, text, client_id, reply_to, changed, edited_at, deleted, deleted_by,"
        " delete_reason, reactions, pinned, files, thread, replies FROM messages WHERE room = ? AND seq = ?",
        room, message_of(job.change));
    if (row.step()) message = message_in(row);
  }
  if (message && apply_change(*message, job.change)) store_message(room, *message);
  db_->run("UPDATE rooms SET covers_from = ?, covers_to = ? WHERE id = ?", job.coverage.from, job.coverage.to,
           room);
}

void CacheFile::run(const StoreRoom& job) {
  db_->run(
      "INSERT INTO rooms (id, room, covers_from, covers_to) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE "
      "SET"
      " room = excluded.room, covers_from = excluded.covers_from, covers_to = excluded.covers_to",
      job.room.id, protocol::encode(job.room), job.coverage.from, job.coverage.to);
}

void CacheFile::run(const DropRoom& job) {
  db_->run("DELETE FROM messages WHERE room = ?", job.room);
  db_->run("DELETE FROM drafts WHERE room = ?", job.room);
  db_->run("DELETE FROM thread_drafts WHERE room = ?", job.room);
  db_->run("DELETE FROM told_drafts WHERE room = ?", job.room);
  db_->run("DELETE FROM threads WHERE room = ?", job.room);
  db_->run("DELETE FROM rooms WHERE id = ?", job.room);
}

void CacheFile::run(const DropMessages& job) {
  db_->run("DELETE FROM messages WHERE room = ?", job.room);
}

// What a hold keeps isn't told apart here: it comes back with the pages of history.
void CacheFile::run(const TrimMessages& job) {
  const auto last = db_->find<std::optional<Seq>>("SELECT max(seq) FROM messages WHERE room = ? AND at < ?",
                                                  job.room, job.before);
  if (!last || !*last) return;
  db_->run("DELETE FROM messages WHERE room = ? AND at < ?", job.room, job.before);
  db_->run("UPDATE rooms SET covers_from = max(covers_from, ?) WHERE id = ?", next(**last), job.room);
  trimmed_.push_back({job.room, next(**last)});
}

void CacheFile::run(const StorePeople& job) {
  for (const auto& person : job.people)
    db_->run(
        "INSERT INTO people (id, person) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET person = "
        "excluded.person",
        person.id, protocol::encode(person));
}

void CacheFile::run(const StoreEpoch& job) {
  set_meta("epoch", std::to_string(job.epoch));
}

void CacheFile::run(const DropRooms&) {
  db_->run("DELETE FROM messages");
  db_->run("DELETE FROM rooms");
  db_->run("DELETE FROM threads");
  db_->run("DELETE FROM people");
  // Of a server that was restored, which may have others.
  db_->run("DELETE FROM told_drafts");
}

void CacheFile::run(const EraseCache&) {
  run(DropRooms{});
  db_->run("DELETE FROM outbox");
  db_->run("DELETE FROM uploads");
  db_->run("DELETE FROM drafts");
  db_->run("DELETE FROM thread_drafts");
  db_->run("DELETE FROM meta WHERE key IN ('epoch', 'last_room')");
}

void CacheFile::run(const SaveDraft& job) {
  if (job.text.empty())
    db_->run("DELETE FROM drafts WHERE room = ?", job.room);
  else
    db_->run(
        "INSERT INTO drafts (room, text) VALUES (?, ?) ON CONFLICT (room) DO UPDATE SET text = excluded.text",
        job.room, job.text);
}

void CacheFile::run(const SaveThreadDraft& job) {
  const auto& [room, root] = job.thread;
  if (job.text.empty())
    db_->run("DELETE FROM thread_drafts WHERE room = ? AND root = ?", room, root);
  else
    db_->run(
        "INSERT INTO thread_drafts (room, root, text) VALUES (?, ?, ?)"
        " ON CONFLICT (room, root) DO UPDATE SET text = excluded.text",
        room, root, job.text);
}

void CacheFile::run(const SaveToldDraft& job) {
  const auto& [room, root] = job.place;
  if (job.text.empty())
    db_->run("DELETE FROM told_drafts WHERE room = ? AND root = ?", room, root);
  else
    db_->run(
        "INSERT INTO told_drafts (room, root, text) VALUES (?, ?, ?)"
        " ON CONFLICT (room, root) DO UPDATE SET text = excluded.text",
        room, root, job.text);
}

void CacheFile::run(const StoreThreads& job) {
  if (job.all) db_->run("DELETE FROM threads");
  for (const auto& thread : job.threads)
    db_->run(
        "INSERT INTO threads (room, root, thread) VALUES (?, ?, ?)"
        " ON CONFLICT (room, root) DO UPDATE SET thread = excluded.thread",
        thread.room, thread.root, protocol::encode(thread));
}

void CacheFile::run(const LoadThread& job) {
  ThreadLoaded loaded{job.thread, {}};
  {
    auto rows = db_->query(
        "SELECT seq, at, author, text, client_id, reply_to, changed, edited_at, deleted, deleted_by,"
        " delete_reason, reactions, pinned, files, thread, replies FROM messages"
        " WHERE room = ?1 AND (seq = ?2 OR thread = ?2) ORDER BY seq",
        job.thread.room, job.thread.root);
    while (rows.step()) loaded.messages.push_back(message_in(rows));
  }
  threads_.push_back(std::move(loaded));
}

PageLoaded CacheFile::page(const LoadPage& job) {
  PageLoaded page{job.room, job.before, job.after, {}, false, false};
  // Rows outside the coverage may be there, too: the person's own message whose answer overtook others'.
  const auto collect = [&](sqlite::Cursor rows) {
    while (rows.step()) page.messages.push_back(message_in(rows));
  };
  if (job.before)
    collect(db_->query(
        "SELECT seq, at, author, text, client_id, reply_to, changed, edited_at, deleted, deleted_by,"
        " delete_reason, reactions, pinned, files, thread, replies FROM messages"
        " JOIN rooms ON rooms.id = messages.room WHERE messages.room = ? AND seq < ?"
        " AND seq >= covers_from ORDER BY seq DESC LIMIT ?",
        job.room, *job.before, job.limit));
  else if (job.after)
    collect(db_->query(
        "SELECT seq, at, author, text, client_id, reply_to, changed, edited_at, deleted, deleted_by,"
        " delete_reason, reactions, pinned, files, thread, replies FROM messages"
        " JOIN rooms ON rooms.id = messages.room WHERE messages.room = ? AND seq > ?"
        " AND seq <= covers_to ORDER BY seq LIMIT ?",
        job.room, *job.after, job.limit));
  page.end = page.messages.size() < job.limit;
  page.failed = db_->failure().has_value();
  if (job.before) std::reverse(page.messages.begin(), page.messages.end());
  return page;
}

void CacheFile::run(const SearchCache& job) {
  CacheSearched found{job.room, job.query, {}, false, false};
  const CachedWords words(job.query);
  {
    auto rows = db_->query(
        "SELECT seq, at, author, text, client_id, reply_to, changed, edited_at, deleted, deleted_by,"
        " delete_reason, reactions, pinned, files, thread, replies, messages.room FROM messages"
        " JOIN rooms ON rooms.id = messages.room WHERE deleted = 0 AND (?1 = 0 OR messages.room = ?1)"
        " AND seq >= covers_from AND seq <= covers_to ORDER BY at DESC, messages.room, seq DESC",
        job.room);
    while (!found.more && rows.step()) {
      auto message = message_in(rows);
      auto marks = words.fit(message);
      if (!marks) continue;
      found.more = found.hits.size() == job.limit;
      if (!found.more) found.hits.push_back({rows.get<RoomId>(16), std::move(message), std::move(*marks)});
    }
  }
  found.failed = db_->failure().has_value();
  searched_.push_back(std::move(found));
}

}  // namespace wardroom::client
