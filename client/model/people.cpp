#include "client/model/people.hpp"

#include <algorithm>

#include "client/model/surroundings.hpp"
#include "common/language/tr.hpp"
#include "protocol/limits.hpp"

namespace wardroom::client {
namespace {

constexpr std::chrono::seconds kTypingLasts{5};
// Between two looks at the people of a large room who aren't followed.
constexpr std::chrono::minutes kSurveyEvery{1};

bool same(const protocol::User& a, const protocol::User& b) {
  return a.name == b.name && a.display_name == b.display_name && a.role == b.role;
}

void set_presence(Turn& turn, const protocol::PresenceOf& of) {
  auto& person = turn.state.people[of.user];
  person.user.id = of.user;
  person.presence = of.state;
  person.status_text = of.text.value_or("");
  if (turn.state.is_me(of.user) && of.state != protocol::Presence::offline) {
    turn.state.own_presence = of.state;
    turn.state.own_status = person.status_text;
    turn.state.own_status_until = of.until;
    take_own_presence(turn, of.state);
  }
  ++turn.state.revisions.people;
}

// What the server says of these: whom it doesn't name is offline.
void take_presence(Turn& turn, const std::vector<UserId>& asked,
                   const std::vector<protocol::PresenceOf>& present) {
  for (const UserId user : asked)
    if (auto at = turn.state.people.find(user); at != turn.state.people.end())
      at->second.presence = protocol::Presence::offline;
  ++turn.state.revisions.people;
  for (const auto& of : present) set_presence(turn, of);
}

}  // namespace

void learn_people(Turn& turn, const std::vector<protocol::User>& users) {
  State& state = turn.state;
  std::vector<protocol::User> changed;
  for (const auto& user : users) {
    auto& person = state.people[user.id];
    state.people_missing.erase(user.id);
    if (person.user.id == user.id && same(person.user, user)) continue;
    person.user = user;
    if (state.is_me(user.id)) state.me = user;
    changed.push_back(user);
  }
  if (changed.empty()) return;
  ++state.revisions.people;
  if (auto* room = state.find_open_room()) room->timeline.touch_all();
  turn.effect(StorePeople{std::move(changed)});
}

void need_person(Turn& turn, UserId user) {
  const auto known = turn.state.people.find(user);
  if (known != turn.state.people.end() && !known->second.user.name.empty()) return;
  if (turn.state.people_asked.contains(user)) return;
  turn.state.people_missing.insert(user);
}

void ask_for_missing_people(Turn& turn) {
  State& state = turn.state;
  if (state.people_missing.empty() || !state.online()) return;
  protocol::UserGet::Params params;
  for (const UserId user : state.people_missing) {
    if (params.users.size() == protocol::kMaxPage) break;
    params.users.push_back(user);
    state.people_asked.insert(user);
  }
  for (const UserId user : params.users) state.people_missing.erase(user);
  turn.call<protocol::UserGet>(std::move(params));
}

void watch_presence(Turn& turn) {
  State& state = turn.state;
  if (!state.watch_due || !state.online()) return;
  state.watch_due = false;
  std::set<UserId> wanted;
  if (state.me) wanted.insert(state.me->id);
  for (const auto& [id, room] : state.rooms)
    if (room.info.users)
      for (const auto& user : *room.info.users) wanted.insert(user.id);
  const auto is_here = [&](UserId user) {
    const auto at = state.people.find(user);
    return at != state.people.end() && at->second.presence != protocol::Presence::offline;
  };
  // Not all of a large room can be followed: those who are here change more often than those who aren't.
  if (const auto* room = state.find_room(state.open_room))
    for (const bool here : {true, false})
      for (const auto& member : room->members)
        if (wanted.size() < protocol::kMaxWatched && is_here(member.user) == here) wanted.insert(member.user);
  std::vector<UserId> users(wanted.begin(), wanted.end());
  if (users.size() > protocol::kMaxWatched) users.resize(protocol::kMaxWatched);
  if (users == state.watched) return;
  state.watched = users;
  turn.call<protocol::PresenceWatch>({std::move(users)});
}

void survey_presence(Turn& turn) {
  State& state = turn.state;
  auto& survey = state.survey;
  const auto* room = state.find_room(state.open_room);
  const bool on_the_screen = room && state.settings.members_shown;
  if (!state.online() || !on_the_screen || room->members.size() <= protocol::kMaxWatched) {
    survey = {};
    return;
  }
  if (survey.room != room->info.id) survey = {room->info.id, {}, false, state.now};
  if (survey.asking || state.now < survey.next) return;
  if (survey.left.empty())
    for (const auto& member : room->members)
      if (!std::binary_search(state.watched.begin(), state.watched.end(), member.user))
        survey.left.push_back(member.user);
  protocol::PresenceWatch::Params params;
  const auto part = std::min(survey.left.size(), protocol::kMaxWatched);
  params.users.assign(survey.left.end() - static_cast<std::ptrdiff_t>(part), survey.left.end());
  params.once = true;
  survey.left.resize(survey.left.size() - part);
  survey.asking = turn.call<protocol::PresenceWatch>(std::move(params), ToSurvey{survey.room});
}

std::optional<TimePoint> next_survey(const State& state) {
  if (!state.survey.room.is_set() || state.survey.asking) return std::nullopt;
  return std::max(state.survey.next, state.now);
}

void forget_presence(Turn& turn) {
  for (auto& [id, person] : turn.state.people) {
    person.presence = protocol::Presence::offline;
    person.status_text.clear();
  }
  for (auto& [id, room] : turn.state.rooms) room.typing.clear();
  turn.state.watched.clear();
  turn.state.watch_due = true;
  ++turn.state.revisions.people;
}

void forget_typing(Turn& turn, RoomState& room, UserId user) {
  if (room.typing.erase(user) > 0) ++turn.state.revisions.people;
}

void fold(Turn& turn, const Answer<protocol::UserGet>& answer) {
  if (answer.result) return learn_people(turn, answer.result->users);
  // Asked again when the next message or member needs them.
  for (const UserId user : answer.params.users) turn.state.people_asked.erase(user);
}

void fold(Turn& turn, const Answer<protocol::UserList>& answer) {
  State& state = turn.state;
  if (!answer.result) {
    state.directory_loading = false;
    state.direct_form.error = answer.result.error().message;
    return;
  }
  learn_people(turn, answer.result->users);
  if (!answer.params.after) state.directory.clear();
  for (const auto& user : answer.result->users) state.directory.push_back(user.id);
  if (answer.result->more && !answer.result->users.empty()) {
    auto params = answer.params;
    params.after = answer.result->users.back().name;
    turn.call<protocol::UserList>(std::move(params));
    return;
  }
  state.directory_loading = false;
  state.directory_loaded = true;
}

void fold(Turn& turn, const Answer<protocol::PresenceSet>& answer) {
  if (!answer.result) show_toast(turn, answer.result.error().message);
}

void fold(Turn& turn, const Answer<protocol::PresenceWatch>& answer) {
  if (!answer.result) {
    turn.state.watched.clear();
    return;
  }
  take_presence(turn, answer.params.users, answer.result->presence);
}

void fold(Turn& turn, const Answer<protocol::PresenceWatch, ToSurvey>& answer) {
  auto& survey = turn.state.survey;
  const bool current = survey.room == answer.purpose.room;
  if (current) survey.asking = false;
  if (!answer.result) {
    // A server that doesn't know the question says so each time.
    if (current) survey = {survey.room, {}, false, turn.state.now + kSurveyEvery};
    return;
  }
  take_presence(turn, answer.params.users, answer.result->presence);
  if (!current || !survey.left.empty()) return;
  survey.next = turn.state.now + kSurveyEvery;
  // Who came is followed from now on.
  turn.state.watch_due = true;
}

// Lost without harm: the next keystrokes send it again.
void fold(Turn&, const Answer<protocol::TypingSend>&) {}

void fold(Turn& turn, const protocol::PresenceChanged& event) {
  set_presence(turn, {event.user, event.state, event.text, event.until});
}

void fold(Turn& turn, const protocol::Typing& event) {
  State& state = turn.state;
  auto* room = state.find_room(event.room);
  if (!room || state.is_me(event.user)) return;
  need_person(turn, event.user);
  room->typing[event.user] = state.now + kTypingLasts;
  ++state.revisions.people;
}

void change_own_presence(Turn& turn, protocol::Presence presence) {
  State& state = turn.state;
  state.own_presence = presence;
  if (state.me) state.people[state.me->id].presence = presence;
  ++state.revisions.people;
  turn.call<protocol::PresenceSet>({presence, state.own_status, state.own_status_until});
}

void set_own_presence(Turn& turn, PresenceMark mark, std::string text, const std::optional<Typed>& typed) {
  State& state = turn.state;
  const auto presence = [&] {
    switch (mark) {
      case PresenceMark::away:
        return protocol::Presence::away;
      case PresenceMark::busy:
        return protocol::Presence::busy;
      default:
        return protocol::Presence::online;
    }
  }();
  state.own_presence = presence;
  state.own_status = text;
  choose_presence(turn);
  if (state.me) {
    state.people[state.me->id].presence = presence;
    state.people[state.me->id].status_text = text;
  }
  ++state.revisions.people;
  if (text.empty()) state.own_status_until.reset();
  const protocol::PresenceSet::Params params{presence, std::move(text), state.own_status_until};
  const bool sent =
      typed ? turn.call<protocol::PresenceSet>(params, *typed) : turn.call<protocol::PresenceSet>(params);
  if (!sent) show_toast(turn, tr("You're offline. Set your status again when the connection is back."));
}

void fold(Turn& turn, const SetPresence& action) {
  set_own_presence(turn, action.presence, action.text);
}

}  // namespace wardroom::client
