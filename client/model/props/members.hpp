#pragma once

#include <string>
#include <vector>

#include "client/model/props/person.hpp"
#include "common/base/strong.hpp"

namespace wardroom::client {

struct MemberProps {
  PersonProps person;
  bool moderator = false;  // of this room
  bool muted = false;
  bool answers_to_me = false;  // the person may act against them here
};

struct MemberSection {
  PresenceMark presence = PresenceMark::online;  // online holds busy people, too
  std::vector<MemberProps> people;
};

struct PinRow {
  Seq seq;
  std::string author;
  std::string when;  // "19 November, 16:42"
  std::string text;  // as on the wire
};

struct PinsProps {
  RoomId room;
  std::vector<PinRow> rows;  // newest pin first
  bool may_unpin = false;
  bool loading = false;
  std::string error;
};

struct MembersProps {
  RoomId room;
  std::size_t total = 0;
  bool loading = false;
  std::vector<MemberSection> sections;  // online, away, offline
};

}  // namespace wardroom::client
