#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "ctl/commands/client.hpp"

namespace wardroom::ctl {

// Names of those who wrote something; asks the server once for each that it hasn't met.
class People {
 public:
  void add(const std::vector<protocol::User>& users);
  const protocol::User& find(link::BlockingClient& client, UserId id);
  // What stands before a message: the user name, or the nick that an imported author had.
  static std::string nick_of(const protocol::User& user);

 private:
  std::unordered_map<UserId, protocol::User> users_;
};

}  // namespace wardroom::ctl
