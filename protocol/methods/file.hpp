#pragma once

#include "protocol/methods/session.hpp"

// What a room's messages carry. The bytes themselves go over HTTP: up by tus at /api/v1/uploads, down at
// /api/v1/files/<id>.
namespace wardroom::protocol {

// A file and the message that carries it.
struct RoomFile {
  Seq seq;
  TimePoint at;
  UserId author;
  File file;
};

struct FileList {
  static constexpr std::string_view kName = "file.list";
  static constexpr std::string_view kSummary =
      "The files of a room, the newest message first: of those that aren't deleted and that the caller may "
      "read.";
  struct Params {
    RoomId room;
    std::optional<Seq> before;          // of messages before this one
    std::optional<std::int64_t> limit;  // messages' files come together: 1 to 200, 50 when left out
  };
  struct Result {
    std::vector<RoomFile> files;
    bool more = false;  // ask again before the last one's seq
    std::vector<User> users;
  };
};
BOOST_DESCRIBE_STRUCT(RoomFile, (), (seq, at, author, file))
BOOST_DESCRIBE_STRUCT(FileList::Params, (), (room, before, limit))
BOOST_DESCRIBE_STRUCT(FileList::Result, (), (files, more, users))

}  // namespace wardroom::protocol
