#include "client/model/standing.hpp"

#include <algorithm>

#include "client/model/direct.hpp"

namespace wardroom::client {
namespace {

using protocol::DirectState;
using protocol::Role;
using protocol::RoomKind;
using protocol::RoomRole;

bool moderates_office(Role role) {
  return role == Role::moderator || role == Role::admin;
}

Role office_role(const State& state, UserId user) {
  const auto at = state.people.find(user);
  return at == state.people.end() ? Role::member : at->second.user.role;
}

}  // namespace

bool moderates(const State& state, const RoomState& room) {
  if (!state.me || room.info.kind == RoomKind::direct) return false;
  return room.info.role == RoomRole::moderator || moderates_office(state.me->role);
}

bool may_pin(const State& state, const RoomState& room) {
  if (room.info.archived) return false;
  if (room.info.kind == RoomKind::direct)
    return room.info.direct.value_or(DirectState::open) == DirectState::open;
  return moderates(state, room);
}

bool answers_to_me(const State& state, const RoomState& room, const RoomMember& member) {
  if (!moderates(state, room) || member.user == state.me->id) return false;
  if (state.me->role == Role::admin) return true;
  const bool office = moderates_office(office_role(state, member.user));
  if (moderates_office(state.me->role)) return !office;
  return !office && member.role != RoomRole::moderator;
}

bool may_restore(const State& state, const RoomState& room, const protocol::Message& message) {
  if (!message.deleted.value_or(false) || !state.me) return false;
  const bool by_author = !message.deleted_by || *message.deleted_by == message.author;
  if (by_author) return message.author == state.me->id;
  return moderates(state, room);
}

std::optional<protocol::Mute> mute_of(const State& state, const RoomState& room) {
  const auto& muted = room.info.muted;
  if (!muted || (muted->until && *muted->until <= state.wall)) return std::nullopt;
  return muted;
}

Hindrance hindrance_of(const State& state, const RoomState& room) {
  if (room.info.archived) return Hindrance::archived;
  if (room.info.direct == DirectState::ended) return Hindrance::ended;
  if (room.info.direct == DirectState::requested)
    return is_request(room) ? Hindrance::asked : Hindrance::waiting;
  if (mute_of(state, room)) return Hindrance::muted;
  if (room.info.locked && !moderates(state, room)) return Hindrance::locked;
  return Hindrance::none;
}

void note_posted(const State& state, RoomState& room, TimePoint at) {
  // Not later than now: nobody waits for hours because the two clocks differ.
  const auto own = state.now - std::max(state.wall - at, std::chrono::milliseconds{0});
  room.posted_at = std::max(room.posted_at.value_or(own), own);
}

std::chrono::seconds slow_mode_wait(const State& state, const RoomState& room) {
  if (room.info.slow_mode_s <= 0 || !room.posted_at || moderates(state, room)) return {};
  const auto free_at = *room.posted_at + std::chrono::seconds{room.info.slow_mode_s};
  if (free_at <= state.now) return {};
  return std::chrono::ceil<std::chrono::seconds>(free_at - state.now);
}

}  // namespace wardroom::client
