#pragma once

#include <functional>
#include <optional>
#include <string>

#include "common/sqlite/connection.hpp"

// What the search index holds of one message.
namespace wardroom::store {

struct DocRow {
  static constexpr std::int64_t kPinned = 1, kReacted = 2, kEdited = 4;

  std::int64_t id = 0;  // messages.id
  RoomId room;
  UserId author;
  TimePoint at;
  std::int64_t flags = 0;
  std::string text;

  bool operator==(const DocRow&) const = default;
};
// As the database has it; nothing when the message is deleted, erased or gone.
std::optional<DocRow> load_doc(sqlite::Connection& database, std::int64_t id);
// Calls `look` with the messages whose number is above `after`, in their order, `limit` at most: with nothing
// for one that is deleted or erased. `look` doesn't use the connection.
void for_each_doc(sqlite::Connection& database, std::int64_t after, std::int64_t limit,
                  const std::function<void(std::int64_t id, const std::optional<DocRow>&)>& look);

// Its terms, with a space between.
std::string terms_line(const DocRow& doc);

}  // namespace wardroom::store
