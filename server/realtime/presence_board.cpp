#include "server/realtime/presence_board.hpp"

namespace wardroom::realtime {
namespace {

protocol::PresenceOf describe(UserId user, protocol::Presence state, const PresenceBoard::Status& status) {
  protocol::PresenceOf presence{user, state, std::nullopt};
  if (status.text.empty() || state == protocol::Presence::offline) return presence;
  presence.text = status.text;
  presence.until = status.until;
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

void PresenceBoard::keep(UserId user, Person& person, Status status) {
  if (status.until && person.status.until != status.until) ends_.emplace(*status.until, user);
  person.status = std::move(status);
}

void PresenceBoard::set(UserId user, protocol::Presence state, Status status) {
  std::lock_guard lock(mutex_);
  Person& person = people_[user];
  person.chosen = state;
  keep(user, person, std::move(status));
  touch(user, person);
}

void PresenceBoard::recall(UserId user, Status status) {
  std::lock_guard lock(mutex_);
  Person& person = people_[user];
  if (!person.status.text.empty()) return;
  keep(user, person, std::move(status));
  touch(user, person);
}

void PresenceBoard::clear_status(UserId user) {
  std::lock_guard lock(mutex_);
  Person& person = people_[user];
  person.status = {};
  touch(user, person);
}

PresenceBoard::Status PresenceBoard::status_of(UserId user) const {
  std::lock_guard lock(mutex_);
  const auto at = people_.find(user);
  return at == people_.end() ? Status{} : at->second.status;
}

std::vector<protocol::PresenceOf> PresenceBoard::find(const std::vector<UserId>& users) const {
  std::lock_guard lock(mutex_);
  std::vector<protocol::PresenceOf> found;
  for (const UserId user : users) {
    const auto at = people_.find(user);
    if (at == people_.end() || at->second.state() == protocol::Presence::offline) continue;
    found.push_back(describe(user, at->second.state(), at->second.status));
  }
  return found;
}

std::vector<protocol::PresenceOf> PresenceBoard::take_changes(TimePoint now) {
  std::lock_guard lock(mutex_);
  for (; !ends_.empty() && ends_.begin()->first <= now; ends_.erase(ends_.begin())) {
    const UserId user = ends_.begin()->second;
    Person& person = people_[user];
    if (!person.status.until || *person.status.until > now) continue;
    person.status = {};
    touch(user, person);
  }
  std::vector<protocol::PresenceOf> changes;
  for (const UserId user : touched_) {
    Person& person = people_[user];
    person.touched = false;
    const auto state = person.state();
    if (state == person.told && person.status == person.told_status) continue;
    person.told = state;
    person.told_status = person.status;
    changes.push_back(describe(user, state, person.status));
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
