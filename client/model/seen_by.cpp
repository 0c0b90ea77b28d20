#include "client/model/seen_by.hpp"

#include "client/model/people.hpp"
#include "client/model/select_people.hpp"
#include "protocol/limits.hpp"

namespace wardroom::client {

bool may_ask_seen_by(const State& state, const RoomState& room) {
  return state.tells_seen_by && room.members.size() <= protocol::kMaxSeenBy;
}

SeenByProps select_seen_by(const State& state) {
  SeenByProps props;
  props.loading = state.seen_by.busy;
  props.error = state.seen_by.error;
  for (const UserId user : state.seen_by.people) props.people.push_back(person_props(state, user));
  return props;
}

void fold(Turn& turn, const ShowSeenBy& action) {
  State& state = turn.state;
  state.dialog = Dialog::seen_by;
  state.seen_by = {action.place, {}, false, {}};
  state.seen_by.busy = turn.call<protocol::MessageSeenBy>({action.place.room, action.place.seq});
  if (!state.seen_by.busy) state.seen_by.error = offline_text();
}

void fold(Turn& turn, const Answer<protocol::MessageSeenBy>& answer) {
  auto& shown = turn.state.seen_by;
  if (shown.place != MessagePlace{answer.params.room, answer.params.seq}) return;
  shown.busy = false;
  if (!answer.result) {
    shown.error = answer.result.error().message;
    return;
  }
  learn_people(turn, answer.result->users);
  for (const auto& user : answer.result->users) shown.people.push_back(user.id);
}

}  // namespace wardroom::client
