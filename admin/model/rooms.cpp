#include "admin/model/rooms.hpp"

#include <algorithm>

#include "common/text/search_text.hpp"

namespace wardroom::admin {
namespace {

// For the names alone, more at once, as often as it takes.
constexpr std::int64_t kNames = 200;

protocol::RoomBrowse::Params params_of(const std::string& query) {
  protocol::RoomBrowse::Params params;
  if (!query.empty()) params.query = query;
  params.limit = kRowsAtOnce;
  return params;
}

KnownRoom* find(RoomsState& rooms, RoomId id) {
  const auto at =
      std::find_if(rooms.list.begin(), rooms.list.end(), [&](const KnownRoom& r) { return r.id == id; });
  return at == rooms.list.end() ? nullptr : &*at;
}

KnownRoom known(const protocol::RoomBrowse::Entry& entry) {
  KnownRoom room;
  room.id = entry.id;
  room.name = entry.name;
  room.topic = entry.topic;
  room.members = entry.members;
  return room;
}

// As the server finds them.
bool matches_query(const std::string& name, const std::string& query) {
  return text::folded_for_search(name).find(text::folded_for_search(query)) != std::string::npos;
}

void put_own(RoomsState& rooms, const protocol::MyRoom& own) {
  KnownRoom* at = find(rooms, own.id);
  std::optional<std::int64_t> members;
  // The list stands by names.
  if (at && at->name != own.name) {
    members = at->members;
    rooms.list.erase(rooms.list.begin() + (at - rooms.list.data()));
    at = nullptr;
  }
  if (!at) {
    at = &*rooms.list.insert(
        std::lower_bound(rooms.list.begin(), rooms.list.end(), own.name,
                         [](const KnownRoom& room, const std::string& name) { return room.name < name; }),
        KnownRoom{});
    at->members = members;
  }
  at->id = own.id;
  at->name = own.name;
  at->kind = own.kind;
  at->topic = own.topic;
  at->manners = KnownRoom::Manners{own.locked, own.archived, own.slow_mode_s};
}

void fetch_rest_of_rooms(Turn& turn) {
  if (!(turn.state.rooms.sort == ListSort{})) fold(turn, LoadMoreRooms{});
}

void load_members(Turn& turn) {
  auto& rooms = turn.state.rooms;
  rooms.members.clear();
  rooms.members_error.clear();
  rooms.members_loading = rooms.selected.is_set() && turn.call<protocol::RoomMembers>({rooms.selected});
}

void learn_direct(State& state, const protocol::MyRoom& room) {
  if (!room.users) return;
  std::vector<std::string> names;
  for (const auto& user : *room.users) names.push_back(user.display_name);
  if (state.me) names.push_back(state.me->display_name);
  state.rooms.direct_titles[room.id] = direct_title(std::move(names));
}

void learn_names(RoomsState& rooms, const Result<protocol::RoomBrowse::Result>& found) {
  if (!found) return;
  for (const auto& entry : found->rooms) rooms.names[entry.id] = entry.name;
}

}  // namespace

void load_rooms(Turn& turn) {
  auto& rooms = turn.state.rooms;
  rooms.search_due.reset();
  if (!turn.call<protocol::RoomBrowse>(params_of(rooms.query))) return;
  rooms.loading = true;
  turn.call<protocol::RoomList>({});
}

void search_rooms_when_due(Turn& turn) {
  const auto& due = turn.state.rooms.search_due;
  if (due && *due <= turn.state.now) load_rooms(turn);
}

void load_room_names(Turn& turn) {
  turn.call<protocol::RoomBrowse>({{}, {}, kNames}, NamingRooms{});
  turn.call<protocol::RoomList>({});
}

const KnownRoom* find_known_room(const State& state, RoomId id) {
  for (const auto& room : state.rooms.list)
    if (room.id == id) return &room;
  return nullptr;
}

std::string direct_title(std::vector<std::string> names) {
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  std::string text = "Direct: ";
  for (std::size_t i = 0; i < names.size(); ++i)
    text += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
  return text;
}

std::string known_room_title(const State& state, RoomId id) {
  const auto direct = state.rooms.direct_titles.find(id);
  if (direct != state.rooms.direct_titles.end()) return direct->second;
  const auto name = state.rooms.names.find(id);
  if (name == state.rooms.names.end()) return "room " + std::to_string(id.value);
  return "# " + name->second;
}

void put_room(Turn& turn, const protocol::MyRoom& room) {
  if (!room.name.empty()) turn.state.rooms.names[room.id] = room.name;
  put_own(turn.state.rooms, room);
}

void fold(Turn& turn, const FilterRooms& action) {
  auto& rooms = turn.state.rooms;
  rooms.query = action.query;
  ++rooms.list_number;
  rooms.search_due = turn.state.now + kTypingPause;
}

void fold(Turn& turn, const SelectRoom& action) {
  auto& rooms = turn.state.rooms;
  if (rooms.selected == action.room) return;
  rooms.selected = action.room;
  load_members(turn);
}

void fold(Turn& turn, const LoadMoreRooms&) {
  auto& rooms = turn.state.rooms;
  if (!rooms.more || rooms.loading || rooms.list.empty()) return;
  auto params = params_of(rooms.query);
  params.after = rooms.last_browsed;
  rooms.loading = turn.call<protocol::RoomBrowse>(std::move(params));
}

// The server's order is by name; for another all rooms are fetched, and put in order when they are shown.
void sort_rooms(Turn& turn, std::size_t column) {
  auto& rooms = turn.state.rooms;
  rooms.sort = pressed_on(rooms.sort, column);
  ++rooms.list_number;
  fetch_rest_of_rooms(turn);
}

void fold(Turn& turn, const Answer<protocol::RoomBrowse, NamingRooms>& answer) {
  learn_names(turn.state.rooms, answer.result);
  if (answer.result && answer.result->more && !answer.result->rooms.empty())
    turn.call<protocol::RoomBrowse>({{}, answer.result->rooms.back().name, kNames}, NamingRooms{});
}

void fold(Turn& turn, const Answer<protocol::RoomBrowse>& answer) {
  auto& rooms = turn.state.rooms;
  learn_names(rooms, answer.result);
  if (answer.params.query != params_of(rooms.query).query) return;
  const bool first = !answer.params.after;
  if (!first && *answer.params.after != rooms.last_browsed) return;
  rooms.loading = false;
  if (!answer.result) {
    // What there is stays in the server's order, which is what its title says.
    if (rooms.more) rooms.sort = {};
    if (!turn.state.online()) return;
    if (rooms.loaded) return show_toast(turn, answer.result.error().message);
    rooms.error = answer.result.error().message;
    return;
  }
  std::vector<KnownRoom> before;
  if (first) before.swap(rooms.list);
  for (const auto& entry : answer.result->rooms) {
    rooms.last_browsed = entry.name;
    if (find(rooms, entry.id)) continue;
    rooms.list.push_back(known(entry));
    // What was learned of it by acting on it still holds.
    for (const auto& old : before)
      if (old.id == entry.id) rooms.list.back().manners = old.manners;
  }
  rooms.more = answer.result->more && !answer.result->rooms.empty();
  rooms.loaded = true;
  rooms.error.clear();
  fetch_rest_of_rooms(turn);
}

void fold(Turn& turn, const Answer<protocol::RoomList>& answer) {
  auto& rooms = turn.state.rooms;
  if (!answer.result) return;
  for (const auto& room : answer.result->rooms) {
    if (room.kind == protocol::RoomKind::direct) {
      learn_direct(turn.state, room);
      continue;
    }
    rooms.names[room.id] = room.name;
    if (rooms.loaded && matches_query(room.name, rooms.query)) put_own(rooms, room);
  }
}

void fold(Turn& turn, const Answer<protocol::RoomMembers>& answer) {
  auto& rooms = turn.state.rooms;
  if (answer.params.room != rooms.selected) return;
  rooms.members_loading = false;
  if (!answer.result) {
    rooms.members_error = answer.result.error().reason == "not_a_member"
                              ? "Only those who are in a room see who else is."
                              : answer.result.error().message;
    return;
  }
  rooms.members = answer.result->members;
  for (auto& room : rooms.list)
    if (room.id == rooms.selected) room.members = static_cast<std::int64_t>(rooms.members.size());
}

}  // namespace wardroom::admin
