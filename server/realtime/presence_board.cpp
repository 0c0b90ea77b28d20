#include "server/realtime/presence_board.hpp"

namespace wardroom::realtime {
namespace {

protocol::PresenceOf describe(UserId user, protocol::Presence state, const std::string& text) {
  protocol::PresenceOf presence{user, state, std::nullopt};
  if (!text.empty() && state != protocol::Presence::offline) presence.text = text;
  return presence;
}

}  // namespace

void PresenceBoard::touch(UserId user, Person& person) {
  if (person.touched) return;
  person.touched = true;
  touched_.push_back(user);
}

void PresenceBoard::connected(UserId user, SessionId session) {
  std::lock_guard lock(mutex_);
  ++sessions_[session];
  Person& person = people_[user];
  ++person.connections;
  touch(user, person);
}

void PresenceBoard::disconnected(UserId user, SessionId session) {
  std::lock_guard lock(mutex_);
  if (const auto found = sessions_.find(session); found != sessions_.end() && --found->second == 0)
    sessions_.erase(found);
  Person& person = people_[user];
  if (person.connections > 0) --person.connections;
  touch(user, person);
}

void PresenceBoard::set(UserId user, protocol::Presence state, std::string text) {
  std::lock_guard lock(mutex_);
  Person& person = people_[user];
  person.chosen = state;
  person.text = std::move(text);
  touch(user, person);
}

std::vector<protocol::PresenceOf> PresenceBoard::find(const std::vector<UserId>& users) const {
  std::lock_guard lock(mutex_);
  std::vector<protocol::PresenceOf> found;
  for (const UserId user : users) {
    const auto at = people_.find(user);
    if (at == people_.end() || at->second.state() == protocol::Presence::offline) continue;
    found.push_back(describe(user, at->second.state(), at->second.text));
  }
  return found;
}

std::vector<protocol::PresenceOf> PresenceBoard::take_changes() {
  std::lock_guard lock(mutex_);
  std::vector<protocol::PresenceOf> changes;
  for (const UserId user : touched_) {
    Person& person = people_[user];
    person.touched = false;
    const auto state = person.state();
    if (state == person.told && person.text == person.told_text) continue;
    person.told = state;
    person.told_text = person.text;
    changes.push_back(describe(user, state, person.text));
  }
  touched_.clear();
  return changes;
}

bool PresenceBoard::is_connected(SessionId session) const {
  std::lock_guard lock(mutex_);
  return sessions_.contains(session);
}

std::size_t PresenceBoard::online() const {
  std::lock_guard lock(mutex_);
  std::size_t count = 0;
  for (const auto& [user, person] : people_) count += person.connections > 0;
  return count;
}

}  // namespace wardroom::realtime
