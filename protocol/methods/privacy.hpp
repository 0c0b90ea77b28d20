#pragma once

#include "protocol/methods/session.hpp"

// Erasing what a person wrote, and reading where one isn't invited. Both leave a record before anything else.
namespace wardroom::protocol {

struct AdminEraseTexts {
  static constexpr std::string_view kName = "admin.erase_texts";
  static constexpr std::string_view kSummary =
      "Erases the texts of all messages of a person, with every earlier version and the copies in reports. "
      "Tombstones stay, and the audit log still verifies. It can't be undone.";
  struct Params {
    UserId user;
    std::string reason;
    std::optional<bool> dry_run;  // only counts
  };
  struct Result {  // in a dry run: what would be
    std::int64_t messages = 0;
    std::int64_t texts = 0;  // of these messages, all versions
    std::int64_t reports = 0;
    std::int64_t rooms = 0;
    std::int64_t held = 0;     // messages left as they are: their room is on hold
    bool files_clean = false;  // whether the texts are gone from the database's files too; if not yet, soon
  };
  static constexpr std::string_view kErrors[] = {"on_hold"};
};
BOOST_DESCRIBE_STRUCT(AdminEraseTexts::Params, (), (user, reason, dry_run))
BOOST_DESCRIBE_STRUCT(AdminEraseTexts::Result, (), (messages, texts, reports, rooms, held, files_clean))

struct AdminAccessPrivateRoom {
  static constexpr std::string_view kName = "admin.access_private_room";
  static constexpr std::string_view kSummary =
      "A page of a private or direct room that the administrator isn't in. Answered only when the record of "
      "it, with reason and query, is on disk.";
  struct Params {
    RoomId room;
    std::string reason;
    std::optional<Seq> before;  // as in message.history
    std::optional<Seq> after;
    std::optional<Seq> around;
    std::optional<std::int64_t> limit;
  };
  struct Result {
    Room room;
    std::vector<Message> messages;
    More more;
    std::vector<User> users;  // the authors
  };
  static constexpr std::string_view kErrors[] = {"member", "public_room"};
};
BOOST_DESCRIBE_STRUCT(AdminAccessPrivateRoom::Params, (), (room, reason, before, after, around, limit))
BOOST_DESCRIBE_STRUCT(AdminAccessPrivateRoom::Result, (), (room, messages, more, users))

}  // namespace wardroom::protocol
