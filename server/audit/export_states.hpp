#pragma once

#include <vector>

#include "server/audit/export_scope.hpp"

// The states of messages, found back from the record that bound them into the log.
namespace wardroom::audit {

// One state of a message. A value.
struct ExportState {
  RoomId room;
  Seq seq;
  std::int64_t version = 1;
  std::string act;  // posted, edited, deleted, restored
  UserId by;        // of version 1, the author
  TimePoint at;
  UserId author;                 // of the message
  std::string preimage;          // salt and canonical bytes (protocol/commitment.hpp); empty: erased
  std::optional<Digest> erased;  // the commitment of a state whose text was erased

  Digest commitment() const;
};

// A record messages.committed with the leaf hashes under its root.
struct ExportGroup {
  std::int64_t idx = 0;
  TimePoint at;
  std::int64_t last_message = 0;
  Bytes leaves;  // 32 bytes each

  std::int64_t size() const { return static_cast<std::int64_t>(leaves.size() / sizeof(Digest)); }
};

struct GroupStates {
  struct Placed {
    std::int64_t position = 0;
    ExportState state;
  };
  std::vector<Placed> placed;         // by position
  std::vector<ExportState> unplaced;  // states that the group should hold, and doesn't
};
// Those of the scope. `before`: last_message of the group before it, or nothing for the first.
GroupStates find_states(sqlite::Connection& db, const ExportScope& scope, const ExportGroup& group,
                        const std::optional<std::int64_t>& before);

// What was stored before groups had their hashes kept, and what is in none of them, page by page.
struct FirstGroup {
  std::int64_t first_message = INT64_MAX;  // of it; everything is older when there is no group
  TimePoint at = from_unix_ms(INT64_MAX / 2);
};
FirstGroup find_first_group(sqlite::Connection& db);

// Where a page of states ended.
struct StateKey {
  RoomId room;
  Seq seq;
  std::int64_t version = 0;
};
struct PostsPage {
  std::vector<ExportState> states;
  std::optional<std::int64_t> next;  // messages.id; none: there are no more
};
struct ChangesPage {
  std::vector<ExportState> states;
  std::optional<StateKey> next;
};
// As they were posted, after this messages.id.
PostsPage load_ungrouped_posts(sqlite::Connection& db, const ExportScope& scope, const FirstGroup& first,
                               std::int64_t after);
// Edits, deletions and restorations, from before `until`.
ChangesPage load_ungrouped_changes(sqlite::Connection& db, const ExportScope& scope, const FirstGroup& first,
                                   TimePoint until, const StateKey& after);

}  // namespace wardroom::audit
