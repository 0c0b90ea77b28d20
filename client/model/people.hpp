#pragma once

#include <optional>
#include <string>

#include "client/model/actions.hpp"
#include "client/model/composer.hpp"
#include "client/model/turn.hpp"

// Who is who, who is here, who types.
namespace wardroom::client {

// Asks about people whom the connection doesn't follow.
struct ToSurvey {
  RoomId room;
};

// Learns names and roles and keeps them in the cache.
void learn_people(Turn& turn, const std::vector<protocol::User>& users);
// Makes sure that the person's name becomes known.
void need_person(Turn& turn, UserId user);
// At a turn's end: asks for the people who were needed and aren't known, and tells the server whose presence
// is on the screen.
void ask_for_missing_people(Turn& turn);
void watch_presence(Turn& turn);
void survey_presence(Turn& turn);
std::optional<TimePoint> next_survey(const State& state);
// Presence is only known while online.
void forget_presence(Turn& turn);
void forget_typing(Turn& turn, RoomState& room, UserId user);
// Without a word when it can't be told: it is once the connection is back. The status text stays.
void change_own_presence(Turn& turn, protocol::Presence presence);
// `typed` is the command that says it, where there is one.
void set_own_presence(Turn& turn, PresenceMark mark, std::string text,
                      const std::optional<Typed>& typed = {});

void fold(Turn& turn, const Answer<protocol::UserGet>& answer);
void fold(Turn& turn, const Answer<protocol::UserList>& answer);
void fold(Turn& turn, const Answer<protocol::PresenceSet>& answer);
void fold(Turn& turn, const Answer<protocol::PresenceWatch>& answer);
void fold(Turn& turn, const Answer<protocol::PresenceWatch, ToSurvey>& answer);
void fold(Turn& turn, const Answer<protocol::TypingSend>& answer);
void fold(Turn& turn, const protocol::PresenceChanged& event);
void fold(Turn& turn, const protocol::Typing& event);
void fold(Turn& turn, const SetPresence& action);

}  // namespace wardroom::client
