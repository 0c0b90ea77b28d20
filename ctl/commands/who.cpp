#include <algorithm>
#include <ostream>

#include "ctl/commands/client.hpp"
#include "ctl/commands/commands.hpp"
#include "ctl/commands/table.hpp"
#include "protocol/limits.hpp"

namespace wardroom::ctl {
namespace {

Result<std::vector<protocol::User>> load_directory(link::BlockingClient& client) {
  std::vector<protocol::User> users;
  std::optional<std::string> after;
  for (;;) {
    auto page = client.call<protocol::UserList>({std::nullopt, after, protocol::kMaxPage});
    if (!page) return page.error();
    std::ranges::move(page->users, std::back_inserter(users));
    if (!page->more || users.empty()) return users;
    after = users.back().name;
  }
}

}  // namespace

Result<void> who(const Context& context) {
  auto client = connect(context);
  if (!client) return client.error();
  const auto users = load_directory(**client);
  if (!users) return users.error();
  Table table({"NAME", "DISPLAY NAME", "STATE", "SAYS"});
  std::string json = "{\"people\":[";
  // A connection follows so many people at once and no more.
  for (std::size_t from = 0; from < users->size(); from += protocol::kMaxWatched) {
    const auto end = std::min(users->size(), from + protocol::kMaxWatched);
    protocol::PresenceWatch::Params watched;
    for (std::size_t i = from; i < end; ++i) watched.users.push_back((*users)[i].id);
    const auto here = (*client)->call<protocol::PresenceWatch>(watched);
    if (!here) return here.error();
    for (const auto& person : here->presence) {
      const auto user = std::ranges::find(*users, person.user, &protocol::User::id);
      if (user == users->end()) continue;
      table.add({user->name, user->display_name, std::string(protocol::enum_name(person.state)),
                 person.text.value_or("")});
      json += (json.ends_with('[') ? "" : ",") + protocol::encode(person);
    }
  }
  if (context.json)
    context.out << json << "]}\n";
  else
    table.print(context.out);
  return ok();
}

}  // namespace wardroom::ctl
