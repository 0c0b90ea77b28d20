#pragma once

#include <string>
#include <string_view>

#include "client/model/state.hpp"

namespace wardroom::client {

// The display name, or what can be said of a person who isn't known yet.
std::string person_name(const State& state, UserId user);
// The same, where it stands in a sentence that it mustn't turn round (text::isolated).
std::string name_in_sentence(const State& state, UserId user);
// Without #; of a direct room: the others' names.
std::string room_name(const State& state, const RoomState& room);
// The one other person of a direct room of two.
UserId only_other(const State& state, const RoomState& room);
// As names are sorted: without case and accents.
std::string folded(std::string_view name);
// Names that the server takes for the same.
bool same_name(std::string_view a, std::string_view b);

}  // namespace wardroom::client
