#include "client/model/room_name.hpp"

#include "common/language/tr.hpp"
#include "common/text/boundaries.hpp"
#include "common/text/search_text.hpp"
#include "common/text/unicode.hpp"

namespace wardroom::client {
namespace {

// "Jonas" of "Jonas Berg": in a list of several people first names are enough.
std::string first_word(const std::string& name) {
  const auto end = name.find(' ');
  return end == std::string::npos || end == 0 ? name : name.substr(0, end);
}

}  // namespace

std::string person_name(const State& state, UserId user) {
  const auto at = state.people.find(user);
  if (at == state.people.end()) return tr("Somebody");
  const auto& known = at->second.user;
  if (!known.display_name.empty()) return known.display_name;
  return known.name.empty() ? tr("Somebody") : known.name;
}

std::string name_in_sentence(const State& state, UserId user) {
  return text::isolated(person_name(state, user));
}

std::string room_name(const State& state, const RoomState& room) {
  if (room.info.kind != protocol::RoomKind::direct) return room.info.name;
  std::vector<std::string> names;
  if (room.info.users)
    for (const auto& user : *room.info.users)
      if (!state.is_me(user.id)) names.push_back(person_name(state, user.id));
  if (names.empty()) return tr("Just you");
  if (names.size() == 1) return names.front();
  std::string text;
  for (const auto& name : names) {
    if (!text.empty()) text += ", ";
    text += first_word(name);
  }
  return text;
}

UserId only_other(const State& state, const RoomState& room) {
  if (room.info.kind != protocol::RoomKind::direct || !room.info.users || !state.me) return {};
  UserId other;
  for (const auto& user : *room.info.users) {
    if (state.is_me(user.id)) continue;
    if (other.is_set()) return {};
    other = user.id;
  }
  return other;
}

std::string folded(std::string_view name) {
  return text::folded_for_search(name);
}

bool same_name(std::string_view a, std::string_view b) {
  return text::casefolded(a) == text::casefolded(b);
}

}  // namespace wardroom::client
