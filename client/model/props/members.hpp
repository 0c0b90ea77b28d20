#pragma once

#include <string>
#include <vector>

#include "client/model/props/person.hpp"
#include "common/base/strong.hpp"

namespace wardroom::client {

struct MemberSection {
  PresenceMark presence = PresenceMark::online;  // online holds busy people, too
  std::vector<PersonProps> people;
};

struct MembersProps {
  RoomId room;
  std::size_t total = 0;
  bool loading = false;
  std::vector<MemberSection> sections;  // online, away, offline
};

}  // namespace wardroom::client
