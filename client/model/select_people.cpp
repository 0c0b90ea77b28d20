#include "client/model/select_people.hpp"

#include <algorithm>

#include "client/model/room_name.hpp"
#include "client/model/standing.hpp"
#include "common/language/tr.hpp"

namespace wardroom::client {
namespace {

constexpr std::size_t kMostDirectory = 5'000;

bool comes_before(const PersonProps& a, const PersonProps& b) {
  return std::pair(folded(a.display_name), a.id) < std::pair(folded(b.display_name), b.id);
}

void sort_by_name(std::vector<PersonProps>& people) {
  std::sort(people.begin(), people.end(), comes_before);
}

void sort_by_name(std::vector<MemberProps>& people) {
  std::sort(people.begin(), people.end(),
            [](const MemberProps& a, const MemberProps& b) { return comes_before(a.person, b.person); });
}

std::string note_of(const State& state, const RoomMember& member) {
  const auto at = state.people.find(member.user);
  if (at != state.people.end() && !at->second.status_text.empty()) return at->second.status_text;
  if (member.muted) return tr("muted");
  return member.role == protocol::RoomRole::moderator ? tr("moderator") : "";
}

}  // namespace

PresenceMark presence_mark(protocol::Presence presence) {
  switch (presence) {
    case protocol::Presence::online:
      return PresenceMark::online;
    case protocol::Presence::away:
      return PresenceMark::away;
    case protocol::Presence::busy:
      return PresenceMark::busy;
    case protocol::Presence::offline:
      break;
  }
  return PresenceMark::offline;
}

RoomMark room_mark(const RoomState& room) {
  switch (room.info.kind) {
    case protocol::RoomKind::direct:
      return RoomMark::direct;
    case protocol::RoomKind::private_:
      return RoomMark::private_room;
    case protocol::RoomKind::public_:
      break;
  }
  return RoomMark::public_room;
}

PersonProps person_props(const State& state, UserId user) {
  PersonProps props;
  props.id = user;
  props.display_name = person_name(state, user);
  props.is_self = state.is_me(user);
  const auto at = state.people.find(user);
  if (at == state.people.end()) return props;
  props.name = at->second.user.name;
  props.note = at->second.status_text;
  props.presence = presence_mark(at->second.presence);
  if (props.is_self)
    props.presence = state.online() ? presence_mark(state.own_presence) : PresenceMark::offline;
  return props;
}

MembersProps select_members(const State& state, const RoomState& room) {
  MembersProps props;
  props.room = room.info.id;
  props.loading = !room.members_loaded && room.members_loading;
  props.total = room.members.size();
  MemberSection online{PresenceMark::online, {}}, away{PresenceMark::away, {}},
      offline{PresenceMark::offline, {}};
  for (const auto& member : room.members) {
    MemberProps one;
    one.person = person_props(state, member.user);
    one.person.note = note_of(state, member);
    one.moderator = member.role == protocol::RoomRole::moderator;
    one.muted = member.muted;
    one.answers_to_me = answers_to_me(state, room, member);
    auto& section = one.person.presence == PresenceMark::offline ? offline
                    : one.person.presence == PresenceMark::away  ? away
                                                                 : online;
    section.people.push_back(std::move(one));
  }
  for (auto* section : {&online, &away, &offline}) sort_by_name(section->people);
  props.sections = {std::move(online), std::move(away), std::move(offline)};
  return props;
}

std::vector<PersonProps> select_mentionable(const State& state, const RoomState& room) {
  std::unordered_map<UserId, Seq> last;
  for (const auto& [seq, entry] : room.timeline.entries())
    if (const auto* message = entry.message()) last[message->author] = seq;
  std::vector<UserId> users;
  for (const auto& member : room.members) users.push_back(member.user);
  if (users.empty())
    for (const auto& [user, seq] : last) users.push_back(user);
  std::vector<PersonProps> people;
  for (const UserId user : users)
    if (!state.is_me(user)) people.push_back(person_props(state, user));
  sort_by_name(people);
  const auto seq_of = [&](UserId user) {
    const auto at = last.find(user);
    return at == last.end() ? Seq{} : at->second;
  };
  std::stable_sort(people.begin(), people.end(),
                   [&](const PersonProps& a, const PersonProps& b) { return seq_of(a.id) > seq_of(b.id); });
  return people;
}

std::vector<PersonProps> select_directory(const State& state) {
  std::vector<PersonProps> people;
  const auto add = [&](UserId user) {
    if (state.is_me(user)) return;
    if (people.size() < kMostDirectory) people.push_back(person_props(state, user));
  };
  if (state.directory_loaded || !state.directory.empty()) {
    for (const UserId user : state.directory) add(user);
  } else {
    for (const auto& [user, person] : state.people)
      if (!person.user.name.empty()) add(user);
  }
  sort_by_name(people);
  return people;
}

}  // namespace wardroom::client
