#include "ctl/commands/find_account.hpp"

#include "protocol/limits.hpp"

namespace wardroom::ctl {

Result<protocol::Account> find_account(link::BlockingClient& client, const std::string& name) {
  std::optional<std::string> after;
  for (;;) {
    auto page = client.call<protocol::AdminUserList>({name, {}, {}, {}, after, protocol::kMaxPage});
    if (!page) return page.error();
    for (auto& account : page->users)
      if (account.name == name) return std::move(account);
    if (!page->more || page->users.empty()) return not_found("There is no account called " + name + ".");
    after = page->users.back().name;
  }
}

Result<std::optional<protocol::Role>> parse_role(const std::string& text) {
  if (text.empty()) return std::optional<protocol::Role>{};
  const auto role = protocol::parse_enum<protocol::Role>(text);
  if (!role)
    return usage_error("There is no role " + text +
                       ". Choose one of: " + protocol::enum_choices<protocol::Role>() + ".");
  return role;
}

}  // namespace wardroom::ctl
