#include "client/model/search.hpp"

#include <algorithm>

#include "client/model/cached_words.hpp"
#include "client/model/history.hpp"
#include "client/model/people.hpp"
#include "client/model/room_name.hpp"
#include "client/model/room_order.hpp"
#include "client/model/rooms.hpp"
#include "client/model/select_timeline.hpp"
#include "client/model/thread.hpp"
#include "common/base/utf8.hpp"
#include "common/desk/model/words.hpp"
#include "common/language/tr.hpp"

namespace wardroom::client {
namespace {

using protocol::MessageSearch;

constexpr std::int64_t kHitsAtOnce = 30;
constexpr std::size_t kMostRecent = 8;
// Of a long message, so much before and behind the first word that was found.
constexpr std::size_t kBytesBefore = 60, kBytesBehind = 240;

constexpr const char* kOfflineSearch = "You're offline. Search when the connection is back.";
constexpr const char* kFromThisPc =
    "You're offline. This is what this PC has; older messages and filters need the connection.";
constexpr const char* kNotOnThisPc =
    "You're offline, and nothing on this PC has these words. Older messages need the connection.";

void remember(std::vector<std::string>& recent, const std::string& query) {
  std::erase(recent, query);
  recent.insert(recent.begin(), query);
  if (recent.size() > kMostRecent) recent.resize(kMostRecent);
}

void ask(Turn& turn, std::optional<protocol::SearchPlace> beyond) {
  auto& search = turn.state.search;
  MessageSearch::Params params;
  params.query = search.query;
  if (search.room.is_set()) params.room = search.room;
  params.beyond = beyond;
  params.limit = kHitsAtOnce;
  if (beyond && search.within_words) params.within_words = true;
  params.utc_offset_min = turn.state.zone.offset_at(turn.state.wall).count();
  search.busy = turn.call<MessageSearch>(std::move(params));
  if (search.busy) return;
  if (beyond || CachedWords(search.query).empty()) {
    search.error = tr(kOfflineSearch);
    return;
  }
  search.busy = true;
  turn.effect(SearchCache{search.room, search.query, static_cast<std::size_t>(kHitsAtOnce)});
}

// Whether the answer is that to what is asked for now.
bool is_wanted(const SearchState& search, const MessageSearch::Params& params) {
  return params.query == search.query && params.room.value_or(RoomId{}) == search.room;
}

std::string note_of(const MessageSearch::Result& result) {
  std::string note;
  const auto add = [&note](std::string_view sentence) {
    note += (note.empty() ? "" : " ") + std::string(sentence);
  };
  if (result.miss) add(result.miss->message);
  if (result.within_words.value_or(false)) add(tr("No exact matches. These have it within longer words."));
  if (result.incomplete.value_or(false))
    add(tr("The server is still building its index. There may be more results later."));
  if (result.cut_off.value_or(false) && !result.miss)
    add(tr("The search took too long and was stopped. Narrow it down to a room, a person or a time."));
  return note;
}

std::string shown_place(const State& state, RoomId id) {
  const auto* room = state.find_room(id);
  if (!room) return tr("a room");
  return (room->info.kind == protocol::RoomKind::direct ? "" : "#") + room_name(state, *room);
}

// The nearest place at or before `at` where a sign begins.
std::size_t sign_start(std::string_view text, std::size_t at) {
  while (at > 0 && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
  return std::min(at, text.size());
}

}  // namespace

std::vector<SearchHitRow::Piece> cut_hit(std::string_view text,
                                         const std::vector<protocol::SearchMark>& marks) {
  const auto clamp = [&text](std::int64_t at) {
    return sign_start(text, static_cast<std::size_t>(
                                std::clamp<std::int64_t>(at, 0, static_cast<std::int64_t>(text.size()))));
  };
  const std::size_t first = marks.empty() ? 0 : clamp(marks.front().begin);
  const std::size_t begin = first > kBytesBefore ? sign_start(text, first - kBytesBefore) : 0;
  const std::size_t end = sign_start(text, std::min(text.size(), first + kBytesBehind));
  std::vector<SearchHitRow::Piece> pieces;
  const auto add = [&](std::size_t from, std::size_t to, bool marked) {
    if (from < to) pieces.push_back({std::string(text.substr(from, to - from)), marked});
  };
  if (begin > 0) pieces.push_back({"…", false});
  std::size_t at = begin;
  for (const auto& mark : marks) {
    const std::size_t from = std::max(at, clamp(mark.begin)), to = std::min(end, clamp(mark.end));
    if (from >= to) continue;
    add(at, from, false);
    add(from, to, true);
    at = to;
  }
  add(at, end, false);
  if (end < text.size()) pieces.push_back({"…", false});
  return pieces;
}

namespace {

// A file's name may be what fitted.
std::vector<SearchHitRow::Piece> pieces_of(const protocol::SearchHit& hit) {
  if (hit.message.text.empty()) return {{excerpt_of(hit.message), false}};
  auto pieces = cut_hit(hit.message.text, hit.marks);
  if (hit.message.files)
    for (const auto& file : *hit.message.files) pieces.push_back({" [" + file.name + "]", false});
  return pieces;
}

}  // namespace

void fold(Turn& turn, const OpenSearch& action) {
  State& state = turn.state;
  auto& search = state.search;
  const RoomId room = action.everywhere ? RoomId{} : state.open_room;
  const bool elsewhere = search.room != room;
  leave_threads(turn);
  search.shown = true;
  state.saved.shown = false;
  search.room = room;
  ++search.serial;
  state.dialog = Dialog::none;
  // What was found there isn't what is found here.
  if (elsewhere) search.hits.clear();
  if (elsewhere && !search.query.empty()) fold(turn, SearchFor{search.query});
}

void fold(Turn& turn, const CloseSearch&) {
  turn.state.search.shown = false;
}

void fold(Turn& turn, const SearchFor& action) {
  auto& search = turn.state.search;
  search.query = action.query;
  search.hits.clear();
  search.more = search.within_words = search.busy = false;
  search.note.clear();
  search.error.clear();
  if (action.query.find_first_not_of(" \t") == std::string::npos) return;
  remember(search.recent, action.query);
  ask(turn, std::nullopt);
}

void fold(Turn& turn, const SearchOn&) {
  auto& search = turn.state.search;
  if (search.busy || !search.more || search.hits.empty()) return;
  ask(turn, protocol::SearchPlace{search.hits.back().room, search.hits.back().message.seq});
}

void fold(Turn& turn, const ShowHit& action) {
  State& state = turn.state;
  if (!state.find_room(action.room)) return show_toast(turn, tr("You aren't in that room any more."));
  if (!state.search.came_from.is_set()) state.search.came_from = state.open_room;
  if (state.open_room != action.room) fold(turn, OpenRoom{action.room});
  const auto hit = std::ranges::find_if(state.search.hits, [&](const protocol::SearchHit& one) {
    return one.room == action.room && one.message.seq == action.seq;
  });
  if (hit != state.search.hits.end() && hit->message.thread) {
    open_thread(turn, {action.room, *hit->message.thread}, action.seq);
    return fold(turn, JumpToMessage{action.room, *hit->message.thread});
  }
  fold(turn, JumpToMessage{action.room, action.seq});
}

void fold(Turn& turn, const ReturnFromHit&) {
  State& state = turn.state;
  const RoomId room = std::exchange(state.search.came_from, RoomId{});
  if (!state.find_room(room)) return;
  if (state.open_room != room) fold(turn, OpenRoom{room});
  fold(turn, JumpToNewest{room});
}

void fold(Turn& turn, const Answer<MessageSearch>& answer) {
  auto& search = turn.state.search;
  if (!is_wanted(search, answer.params)) return;
  search.busy = false;
  search.error.clear();
  if (!answer.result) {
    search.error = answer.result.error().message;
    return;
  }
  const auto& result = *answer.result;
  if (!answer.params.beyond) {
    search.hits.clear();
    search.within_words = result.within_words.value_or(false);
    search.note = note_of(result);
  }
  search.hits.insert(search.hits.end(), result.hits.begin(), result.hits.end());
  search.more = result.more;
  learn_people(turn, result.users);
}

void fold(Turn& turn, const CacheSearched& event) {
  auto& search = turn.state.search;
  if (!search.busy || event.query != search.query || event.room != search.room) return;
  search.busy = false;
  search.hits = event.hits;
  search.note = event.hits.empty() ? tr(kNotOnThisPc) : tr(kFromThisPc);
  if (!event.failed) return;
  search.note.clear();
  search.error = tr(kOfflineSearch);
}

SearchProps select_search(const State& state) {
  const auto& search = state.search;
  SearchProps props;
  props.shown = true;
  props.serial = search.serial;
  props.everywhere = !search.room.is_set();
  props.place = props.everywhere ? tr("all rooms") : shown_place(state, search.room);
  props.busy = search.busy;
  props.more = search.more;
  props.note = search.note;
  props.error = search.error;
  props.recent = search.recent;
  props.can_return = search.came_from.is_set();
  for (const auto& [id, person] : state.people)
    if (!person.user.name.empty()) props.people.push_back(person.user.name);
  std::ranges::sort(props.people);
  for (const RoomId id : room_order(state)) {
    const auto& room = *state.find_room(id);
    if (room.info.kind != protocol::RoomKind::direct) props.rooms.push_back(room.info.name);
  }
  for (const auto& hit : search.hits)
    props.hits.push_back({hit.room, hit.message.seq, person_name(state, hit.message.author),
                          (props.everywhere ? shown_place(state, hit.room) + ", " : std::string()) +
                              desk::past_text(state.zone, hit.message.at, state.wall),
                          pieces_of(hit)});
  return props;
}

}  // namespace wardroom::client
