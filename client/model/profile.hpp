#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "client/model/actions.hpp"
#include "client/model/turn.hpp"

// What people say of themselves: title, pronouns, where their clock stands, a status with an end.
namespace wardroom::client {

// "16:42, 2 h ahead of you"; empty where the zone isn't known.
std::string clock_there(const State& state, const std::string& zone);
// When a status that is set now ends; nothing: not by itself.
std::optional<TimePoint> end_of_status(const State& state, StatusEnd end);

ProfileCardProps select_profile_card(const State& state);
OwnProfileProps select_own_profile(const State& state);
StatusProps select_status(const State& state);

// One's own, for the settings.
void load_own_profile(Turn& turn);

void fold(Turn& turn, const ShowProfile& action);
void fold(Turn& turn, const SetProfile& action);
void fold(Turn& turn, const StartStatus& action);
void fold(Turn& turn, const SetStatus& action);
void fold(Turn& turn, const Answer<protocol::UserProfile>& answer);

}  // namespace wardroom::client
