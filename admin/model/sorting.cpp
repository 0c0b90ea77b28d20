#include "admin/model/sorting.hpp"

#include "admin/model/announce.hpp"
#include "admin/model/audit.hpp"
#include "admin/model/people.hpp"
#include "admin/model/rooms.hpp"
#include "admin/model/sessions.hpp"

namespace wardroom::admin {

// The newest first, where a column says when.
ListSort sort_of(const State& state, ListName list) {
  const auto asked = state.sorts.find(list);
  if (asked != state.sorts.end()) return asked->second;
  switch (list) {
    case ListName::imports:
      return {static_cast<std::size_t>(ImportsColumn::at), true};
    case ListName::backups:
      return {static_cast<std::size_t>(BackupsColumn::at), true};
    case ListName::holds:
      return {static_cast<std::size_t>(HoldsColumn::since), true};
    default:
      return {kNoColumn, false};
  }
}

void fold(Turn& turn, const SortList& action) {
  switch (action.list) {
    case ListName::people:
      return sort_people(turn, action.column);
    case ListName::rooms:
      return sort_rooms(turn, action.column);
    case ListName::sessions:
      return sort_sessions(turn, action.column);
    case ListName::acknowledgements:
      return sort_acknowledgements(turn, action.column);
    case ListName::audit:
      return turn_audit_round(turn);
    default:
      turn.state.sorts[action.list] = pressed_on(sort_of(turn.state, action.list), action.column);
  }
}

}  // namespace wardroom::admin
