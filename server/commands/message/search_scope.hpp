#pragma once

#include <map>
#include <optional>
#include <set>

#include "protocol/methods/search.hpp"
#include "server/commands/room/entry.hpp"
#include "server/domain/search_query.hpp"

namespace wardroom::commands {

// Whose messages a filter of a search names, and in which rooms: the names as they are now.
struct SearchNames {
  std::map<std::string, UserId> people;
  std::map<std::string, std::vector<RoomId>> rooms;
};

// Looks up what the query names among what the caller may know of. Or why nothing can be found.
struct NamesOrMiss {
  SearchNames names;
  std::optional<protocol::SearchMiss> miss;
};
NamesOrMiss find_search_names(ReadContext& context, const domain::SearchQuery& query);

// Which messages of which rooms the caller may read, asked of each room once: as message.history would show
// them at this moment.
class SearchScope {
 public:
  explicit SearchScope(ReadContext& context);
  // The private and direct rooms of others, as the audited access has them: who searches there has the right
  // to read them with a reason, and leaves a record.
  static SearchScope of_closed_rooms(ReadContext& context);
  // Of the one room alone; its refusal when the caller may not read it.
  Result<void> narrow_to(RoomId room);

  bool shows(RoomId room, Seq seq);
  bool is_direct(RoomId room) const { return direct_.contains(room); }
  const std::set<RoomId>& rooms() const { return rooms_; }
  bool is_closed() const { return closed_; }

 private:
  struct Closed {};
  SearchScope(ReadContext& context, Closed);

  ReadContext& context_;
  bool closed_ = false;
  std::set<RoomId> rooms_;  // that the caller is in, or isn't
  std::set<RoomId> direct_;
  std::map<RoomId, std::optional<Seq>> shown_after_;
};

}  // namespace wardroom::commands
