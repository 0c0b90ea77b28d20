#pragma once

#include "protocol/methods/session.hpp"

namespace wardroom::protocol {

// A stretch of a message's text, in bytes of its UTF-8.
struct SearchMark {
  std::int64_t begin = 0;
  std::int64_t end = 0;
};

struct SearchHit {
  RoomId room;
  Message message;
  std::vector<SearchMark> marks;  // what fitted; none when only filters were given
};

// Names a message.
struct SearchPlace {
  RoomId room;
  Seq seq;
};

// Why nothing was found, as far as more can be said than that no message fits.
struct SearchMiss {
  enum class Why { no_match, too_short, unknown_person, unknown_room, not_in_room, older_than_kept };
  Why why = Why::no_match;
  std::string message;             // a sentence for the person
  std::vector<std::string> names;  // people or rooms that were perhaps meant, the nearest first
};

struct MessageSearch {
  static constexpr std::string_view kName = "message.search";
  static constexpr std::string_view kSummary =
      "Finds messages in the rooms that the caller is in, as they are now. Words are found whatever their "
      "case "
      "and accents; \"in quotes\" one after the other; begin* by their beginning; *part* anywhere, from "
      "three "
      "letters on, in scripts without spaces from one. Filters: from:name, from:me, in:room, in:@person, "
      "before:, after: and on: with 2026, 2026-03 or 2026-03-09, has:file, has:image, has:link, "
      "has:reaction, has:pin, is:direct, is:edited. The names of files are found as texts are. A minus in "
      "front excludes; or between two takes either. Every other sign is text.";
  enum class Order { newest, oldest };
  struct Params {
    std::string query;                           // 1024 bytes, 32 words and filters at most
    std::optional<RoomId> room;                  // this one alone
    std::optional<SearchPlace> beyond;           // the last hit of the page before
    std::optional<std::int64_t> limit;           // 1 to 200, 50 when left out
    std::optional<Order> order;                  // by arrival at the server; newest first when left out
    std::optional<bool> within_words;            // words are looked for within words, as *part* is
    std::optional<std::int64_t> utc_offset_min;  // of the caller's clock, which says when a day begins
  };
  struct Result {
    std::vector<SearchHit> hits;
    bool more = false;                 // ask again beyond the last hit
    std::vector<User> users;           // the authors
    std::optional<SearchMiss> miss;    // the first page, without a hit
    std::optional<bool> within_words;  // nothing had the words themselves: these have them within words
    std::optional<bool> cut_off;       // it took too long: not every message was looked at
    std::optional<bool> incomplete;    // the index is being made: there may be more in a while
  };
};
struct AdminSearchPrivateRooms {
  static constexpr std::string_view kName = "admin.search_private_rooms";
  static constexpr std::string_view kSummary =
      "As message.search, in private and direct rooms that the caller isn't in: in one of them, or in all. "
      "Answered only when the record of it, with the reason and the query, is on disk.";
  struct Params {
    std::string query;
    std::string reason;
    std::optional<RoomId> room;         // this one alone
    std::optional<SearchPlace> beyond;  // the rest as in message.search
    std::optional<std::int64_t> limit;
    std::optional<MessageSearch::Order> order;
    std::optional<bool> within_words;
    std::optional<std::int64_t> utc_offset_min;
  };
  using Result = MessageSearch::Result;
};
BOOST_DESCRIBE_STRUCT(AdminSearchPrivateRooms::Params, (),
                      (query, reason, room, beyond, limit, order, within_words, utc_offset_min))
BOOST_DESCRIBE_STRUCT(SearchMark, (), (begin, end))
BOOST_DESCRIBE_STRUCT(SearchHit, (), (room, message, marks))
BOOST_DESCRIBE_STRUCT(SearchPlace, (), (room, seq))
BOOST_DESCRIBE_ENUM(SearchMiss::Why, no_match, too_short, unknown_person, unknown_room, not_in_room,
                    older_than_kept)
BOOST_DESCRIBE_STRUCT(SearchMiss, (), (why, message, names))
BOOST_DESCRIBE_ENUM(MessageSearch::Order, newest, oldest)
BOOST_DESCRIBE_STRUCT(MessageSearch::Params, (),
                      (query, room, beyond, limit, order, within_words, utc_offset_min))
BOOST_DESCRIBE_STRUCT(MessageSearch::Result, (), (hits, more, users, miss, within_words, cut_off, incomplete))

}  // namespace wardroom::protocol
