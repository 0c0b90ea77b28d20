#pragma once

#include <chrono>
#include <optional>

#include "client/model/state.hpp"

// What the person may do in a room, as far as this client knows; the server decides. See docs/rights.md.
namespace wardroom::client {

// What keeps the person from writing; the first that holds.
enum class Hindrance { none, archived, ended, asked, waiting, muted, locked };
Hindrance hindrance_of(const State& state, const RoomState& room);

// A moderator of the room, or of the office. In direct rooms there are none.
bool moderates(const State& state, const RoomState& room);
bool may_pin(const State& state, const RoomState& room);
// Whether actions against this member are in order.
bool answers_to_me(const State& state, const RoomState& room, const RoomMember& member);
bool may_restore(const State& state, const RoomState& room, const protocol::Message& message);

// The mute that holds now.
std::optional<protocol::Mute> mute_of(const State& state, const RoomState& room);
// The person posted here at `at`, by the server's clock.
void note_posted(const State& state, RoomState& room, TimePoint at);
// Until the person may post again; zero: now.
std::chrono::seconds slow_mode_wait(const State& state, const RoomState& room);

}  // namespace wardroom::client
