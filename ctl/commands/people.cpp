#include "ctl/commands/people.hpp"

namespace wardroom::ctl {

void People::add(const std::vector<protocol::User>& users) {
  for (const auto& user : users) users_.insert_or_assign(user.id, user);
}

const protocol::User& People::find(link::BlockingClient& client, UserId id) {
  if (const auto known = users_.find(id); known != users_.end()) return known->second;
  if (const auto answer = client.call<protocol::UserGet>({{id}})) add(answer->users);
  // Someone whom the caller may not know.
  const auto number = std::to_string(id.value);
  return users_.try_emplace(id, protocol::User{id, "user-" + number, "user " + number, protocol::Role::guest})
      .first->second;
}

std::string People::nick_of(const protocol::User& user) {
  // Imported authors are named source:nick, which no person's name can be.
  const auto colon = user.name.find(':');
  return colon == std::string::npos ? user.name : user.name.substr(colon + 1);
}

}  // namespace wardroom::ctl
