#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/sqlite/connection.hpp"

// What the search index holds of one message.
namespace wardroom::store {

struct DocRow {
  static constexpr std::int64_t kPinned = 1, kReacted = 2, kEdited = 4, kImage = 8;

  std::int64_t id = 0;  // messages.id
  RoomId room;
  UserId author;
  TimePoint at;
  std::int64_t flags = 0;
  std::string text;
  std::string files;  // what it carries, as messages.files has it

  bool operator==(const DocRow&) const = default;
};
// As the database has it; nothing when the message is deleted, erased or gone.
std::optional<DocRow> load_doc(sqlite::Connection& database, std::int64_t id);
// Calls `look` with the messages whose number is above `after`, in their order, `limit` at most: with nothing
// for one that is deleted or erased. `look` doesn't use the connection.
void for_each_doc(sqlite::Connection& database, std::int64_t after, std::int64_t limit,
                  const std::function<void(std::int64_t id, const std::optional<DocRow>&)>& look);

// The names in messages.files.
std::vector<std::string> file_names(std::string_view files);
// Whether a file of the message is a picture by its bytes, in a query of `messages m`.
inline constexpr sqlite::SqlPiece kHasImage =
    "(m.files <> '' AND EXISTS (SELECT 1 FROM files f WHERE f.room_id = m.room_id AND f.seq = m.seq"
    " AND f.type >= 'image/' AND f.type < 'image0'))";

// Its terms, with a space between.
std::string terms_line(const DocRow& doc);

}  // namespace wardroom::store
