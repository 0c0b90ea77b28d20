#pragma once

#include <optional>
#include <string>
#include <vector>

#include "common/base/bytes.hpp"
#include "common/base/uuid.hpp"
#include "common/sqlite/connection.hpp"
#include "protocol/commitment.hpp"

// The table `files`: uploads, and what became of them. Their bytes are server/files' own.
namespace wardroom::store {

struct NewUpload {
  Uuid id;
  UserId user;
  RoomId room;
  std::string_view name;
  std::int64_t size = 0;
  TimePoint at;
  TimePoint expires_at;
};
void insert_upload(sqlite::Connection& db, const NewUpload& upload);

struct FileRow {
  Uuid id;
  UserId user;
  RoomId room;
  std::string name;
  std::int64_t size = 0;
  std::optional<TimePoint> expires_at;  // none: it is posted
  std::optional<Digest> sha256;         // none: its bytes haven't all come
  std::string type;
  std::optional<Seq> seq;  // the message that carries it
};
std::optional<FileRow> find_file(sqlite::Connection& db, const Uuid& id);

// All of its bytes are there. False when the upload is gone.
bool complete_upload(sqlite::Connection& db, const Uuid& id, const protocol::Salt& salt, const Digest& sha256,
                     std::string_view type, TimePoint expires_at);
void attach_file(sqlite::Connection& db, const Uuid& id, Seq message, std::int64_t position);

// What the message carries, in its order, whether it is deleted or not.
std::vector<protocol::File> load_files(sqlite::Connection& db, RoomId room, Seq message);
// A page of what the messages of a room carry that aren't deleted, newest message first: those before
// `before`, of messages after `after`.
struct PostedFile {
  Seq seq;
  TimePoint at;
  UserId author;
  protocol::File file;
};
std::vector<PostedFile> load_room_files(sqlite::Connection& db, RoomId room, Seq after, Seq before,
                                        std::int64_t limit);

// Takes the rows away, and returns the contents that perhaps nobody needs any more.
void remove_file(sqlite::Connection& db, const Uuid& id);
std::vector<Digest> remove_files(sqlite::Connection& db, RoomId room, Seq message);
// Those that are over at `now`, the oldest first.
std::vector<FileRow> load_unposted(sqlite::Connection& db, TimePoint now, std::int64_t limit);

bool is_content_used(sqlite::Connection& db, const Digest& sha256);
bool has_upload(sqlite::Connection& db, const Uuid& id);  // whose bytes haven't all come
// Bytes of a person's files, announced ones included; of everybody's: reads the whole index, on a reader.
std::int64_t count_bytes(sqlite::Connection& db, UserId user);
std::int64_t count_bytes(sqlite::Connection& db);
// Uploads of a person whose bytes haven't all come.
std::int64_t count_open_uploads(sqlite::Connection& db, UserId user);

}  // namespace wardroom::store
