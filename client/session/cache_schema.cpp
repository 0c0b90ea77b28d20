#include "client/session/cache_schema.hpp"

#include <array>

namespace wardroom::client {
namespace {

constexpr std::array<sqlite::Migration, 6> kMigrations = {{
    {1, "rooms, messages, outbox", R"sql(
      CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
      -- `room` is the room as JSON, as the wire has it. The cache holds all durable events of the room whose
      -- number is in covers_from … covers_to; none when the first is the larger.
      CREATE TABLE rooms (
        id INTEGER PRIMARY KEY, room TEXT NOT NULL, covers_from INTEGER NOT NULL, covers_to INTEGER NOT NULL);
      CREATE TABLE people (id INTEGER PRIMARY KEY, person TEXT NOT NULL);
      CREATE TABLE messages (
        room INTEGER NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL, author INTEGER NOT NULL,
        text TEXT NOT NULL, client_id TEXT, reply_to INTEGER, changed INTEGER, edited_at INTEGER,
        deleted INTEGER NOT NULL DEFAULT 0, UNIQUE (room, seq));
      -- In the order written; `failure` is why the server refused it.
      CREATE TABLE outbox (
        position INTEGER PRIMARY KEY AUTOINCREMENT, client_id TEXT NOT NULL UNIQUE, room INTEGER NOT NULL,
        text TEXT NOT NULL, reply_to INTEGER, written_at INTEGER NOT NULL, failure TEXT NOT NULL DEFAULT '');
      CREATE TABLE drafts (room INTEGER PRIMARY KEY, text TEXT NOT NULL);
    )sql"},
    {2, "changes of messages", R"sql(
      ALTER TABLE messages ADD COLUMN deleted_by INTEGER;
      ALTER TABLE messages ADD COLUMN delete_reason TEXT;
      -- As JSON, as the wire has them; NULL: none.
      ALTER TABLE messages ADD COLUMN reactions TEXT;
      ALTER TABLE messages ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0;
    )sql"},
    {3, "files", R"sql(
      -- As JSON, as the wire has them; NULL: none.
      ALTER TABLE messages ADD COLUMN files TEXT;
      -- How many of `uploads` the message takes along.
      ALTER TABLE outbox ADD COLUMN files INTEGER NOT NULL DEFAULT 0;
      -- In the order chosen. `client_id` is the message's in `outbox`; empty: it belongs to the room's draft.
      -- `file` is the server's name for it, empty until the upload is begun; `failure` is why it stopped.
      CREATE TABLE uploads (
        position INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, room INTEGER NOT NULL,
        client_id TEXT NOT NULL, path TEXT NOT NULL, name TEXT NOT NULL, size INTEGER NOT NULL,
        modified_ns INTEGER NOT NULL, file TEXT NOT NULL, whole INTEGER NOT NULL, paused INTEGER NOT NULL,
        failure TEXT NOT NULL);
    )sql"},
    {4, "threads", R"sql(
      -- The root of the thread in which the message is a reply.
      ALTER TABLE messages ADD COLUMN thread INTEGER;
      -- Of a root, as JSON, as the wire has them; NULL: none.
      ALTER TABLE messages ADD COLUMN replies TEXT;
      CREATE INDEX messages_of_threads ON messages (room, thread) WHERE thread IS NOT NULL;
      ALTER TABLE outbox ADD COLUMN thread INTEGER;
      CREATE TABLE thread_drafts (
        room INTEGER NOT NULL, root INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY (room, root)) WITHOUT ROWID;
      -- Those that the person follows, as JSON, as the wire has them, without the root.
      CREATE TABLE threads (
        room INTEGER NOT NULL, root INTEGER NOT NULL, thread TEXT NOT NULL, PRIMARY KEY (room, root)) WITHOUT ROWID;
    )sql"},
    {5, "files in threads", R"sql(
      -- The root of the thread in which the file is attached; NULL: in the room itself.
      ALTER TABLE uploads ADD COLUMN thread INTEGER;
    )sql"},
    {6, "drafts as the server has them", R"sql(
      -- `root` is the thread's; 0: the room's own draft. None: the server has none, or it isn't known.
      CREATE TABLE told_drafts (
        room INTEGER NOT NULL, root INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY (room, root)) WITHOUT ROWID;
    )sql"},
}};

}  // namespace

std::span<const sqlite::Migration> cache_migrations() {
  return kMigrations;
}

}  // namespace wardroom::client
