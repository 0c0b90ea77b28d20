#include "client/model/room_changes.hpp"

#include <algorithm>

#include "client/model/room_name.hpp"
#include "client/model/rooms.hpp"
#include "client/model/select_people.hpp"
#include "client/model/settings.hpp"
#include "common/language/tr.hpp"

namespace wardroom::client {
namespace {

constexpr std::size_t kMostAddedAtOnce = 50;

}  // namespace

ChangeRoomProps select_change_room(const State& state) {
  const auto& changing = state.changing_room;
  ChangeRoomProps props;
  props.serial = changing.serial;
  props.busy = changing.form.busy;
  props.error = changing.form.error;
  if (const auto* room = state.find_room(changing.room)) {
    props.name = room->info.name;
    props.topic = room->info.topic;
  }
  return props;
}

NewDirectProps select_add_people(const State& state) {
  NewDirectProps props;
  const auto& changing = state.changing_room;
  props.people = select_directory(state);
  props.most = kMostAddedAtOnce;
  props.loading = state.directory_loading;
  props.busy = changing.form.busy;
  props.error = changing.form.error;
  const auto* room = state.find_room(changing.room);
  if (!room) return props;
  props.room = room->info.name;
  std::erase_if(props.people, [&](const PersonProps& person) {
    return std::ranges::any_of(room->members,
                               [&](const RoomMember& member) { return member.user == person.id; });
  });
  return props;
}

void fold(Turn& turn, const StartChangingRoom& action) {
  State& state = turn.state;
  state.changing_room = {action.room, state.changing_room.serial + 1, {}, 0};
  fold(turn, ShowDialog{Dialog::change_room});
}

void fold(Turn& turn, const ChangeRoom& action) {
  State& state = turn.state;
  auto& changing = state.changing_room;
  const auto* room = state.find_room(changing.room);
  if (!room) return;
  protocol::RoomUpdate::Params params;
  params.room = changing.room;
  if (action.name != room->info.name) params.name = action.name;
  if (action.topic != room->info.topic) params.topic = action.topic;
  if (!params.name && !params.topic) {
    state.dialog = Dialog::none;
    return;
  }
  changing.form = {turn.call<protocol::RoomUpdate>(std::move(params), ToChangeRoom{}), {}, {}};
  if (!changing.form.busy) changing.form.error = offline_text();
}

void fold(Turn& turn, const Answer<protocol::RoomUpdate, ToChangeRoom>& answer) {
  State& state = turn.state;
  auto& changing = state.changing_room;
  if (changing.room != answer.params.room) return;
  changing.form = {};
  if (!answer.result)
    changing.form.error = answer.result.error().message;
  else if (state.dialog == Dialog::change_room)
    state.dialog = Dialog::none;
}

void fold(Turn& turn, const StartAddingPeople& action) {
  State& state = turn.state;
  state.changing_room = {action.room, state.changing_room.serial + 1, {}, 0};
  fold(turn, ShowDialog{Dialog::add_people});
  if (auto* room = state.find_room(action.room); room && !room->members_loaded) load_members(turn, *room);
}

void fold(Turn& turn, const AddPeople& action) {
  auto& changing = turn.state.changing_room;
  changing.form = {};
  changing.left = 0;
  for (const UserId user : action.people)
    if (turn.call<protocol::RoomAddMember>({changing.room, user}, ToAddPerson{})) ++changing.left;
  changing.form.busy = changing.left > 0;
  if (!changing.form.busy) changing.form.error = offline_text();
}

// Who was refused is named; the others are in.
void fold(Turn& turn, const Answer<protocol::RoomAddMember, ToAddPerson>& answer) {
  State& state = turn.state;
  auto& changing = state.changing_room;
  if (!answer.result) {
    const std::string words = tr("{0} wasn't added: {1}", name_in_sentence(state, answer.params.user),
                                 answer.result.error().message);
    if (changing.room != answer.params.room || state.dialog != Dialog::add_people)
      show_toast(turn, words);
    else
      changing.form.error += (changing.form.error.empty() ? "" : "\n") + words;
  }
  if (changing.room != answer.params.room || changing.left == 0 || --changing.left > 0) return;
  changing.form.busy = false;
  if (changing.form.error.empty() && state.dialog == Dialog::add_people) state.dialog = Dialog::none;
}

void fold(Turn& turn, const OpenRoomMenu& action) {
  turn.state.menu_room = action.room;
}

}  // namespace wardroom::client
