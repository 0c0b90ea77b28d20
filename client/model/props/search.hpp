#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "common/base/strong.hpp"

namespace wardroom::client {

struct SearchHitRow {
  RoomId room;
  Seq seq;
  std::string author;
  std::string where;  // "#release-7, 19 November, 16:42"
  struct Piece {
    std::string text;  // as on the wire
    bool marked = false;
  };
  std::vector<Piece> pieces;  // what stands around the words that were found
};

struct SearchProps {
  bool shown = false;
  std::uint64_t serial = 0;  // grows each time it is opened: the field takes the keyboard
  std::string place;         // "#release-7" or "all rooms"
  bool everywhere = false;
  std::vector<SearchHitRow> hits;
  bool busy = false;
  bool more = false;
  std::string note;  // what has to be known about the answer
  std::string error;
  std::vector<std::string> recent;  // searches, the last one first
  std::vector<std::string> people;  // user names, for from:
  std::vector<std::string> rooms;   // names, for in:
  bool can_return = false;          // to where the person was before they went to a hit
};

}  // namespace wardroom::client
