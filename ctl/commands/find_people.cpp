#include "ctl/commands/find_people.hpp"

#include "common/text/nearest.hpp"
#include "common/text/unicode.hpp"
#include "ctl/commands/pages.hpp"

namespace wardroom::ctl {
namespace {

using protocol::AdminUserList;
using protocol::UserList;

// What a person may have meant who typed a name that nobody has.
class Suggestions {
 public:
  explicit Suggestions(const std::string& typed) : folded_(text::casefolded(typed)), nearest_(typed) {}

  bool add(const std::string& name, const std::string& display_name) {
    nearest_.add(name);
    if (text::casefolded(display_name) == folded_ && shown_so_.size() < 5) shown_so_.push_back(name);
    return true;
  }
  Error refuse(std::string sentence) const {
    const auto meant = text::did_you_mean(shown_so_.empty() ? nearest_.names() : shown_so_, "@");
    return not_found(meant.empty() ? std::move(sentence) : std::move(sentence) + " " + meant);
  }

 private:
  std::string folded_;
  text::Nearest nearest_;
  std::vector<std::string> shown_so_;  // whose display name it is
};

std::string bare(const std::string& typed) {
  return typed.starts_with('@') ? typed.substr(1) : typed;
}

// Imported authors' names keep their capitals: one of several that differ in nothing else is written exactly.
Result<protocol::Account> choose_account(std::vector<protocol::Account> fitting, const std::string& name) {
  for (auto& account : fitting)
    if (account.name == name) return std::move(account);
  if (fitting.size() == 1) return std::move(fitting.front());
  std::string names;
  for (const auto& account : fitting) names += (names.empty() ? "" : ", ") + account.name;
  return not_found("Several accounts are called so: " + names + ". Write one as it stands here.");
}

}  // namespace

Result<protocol::User> find_person(link::BlockingClient& client, const std::string& typed) {
  const auto name = bare(typed);
  const auto wanted = text::casefolded(name);
  std::optional<protocol::User> found;
  const auto searched =
      for_each_named<UserList>(client, {.query = name}, &UserList::Result::users, [&](const auto& user) {
        if (text::casefolded(user.name) == wanted) found = user;
        return !found;
      });
  if (!searched) return searched.error();
  if (found) return std::move(*found);
  Suggestions suggestions(name);
  (void)for_each_named<UserList>(client, {}, &UserList::Result::users, [&](const auto& user) {
    return suggestions.add(user.name, user.display_name);
  });
  return suggestions.refuse("There is nobody called @" + name + ".");
}

Result<protocol::Account> find_account(link::BlockingClient& client, const std::string& typed) {
  const auto name = bare(typed);
  const auto wanted = text::casefolded(name);
  const bool is_imported = name.find(':') != std::string::npos;
  AdminUserList::Params params;
  if (is_imported) params.imported = true;
  params.query = name;
  std::vector<protocol::Account> fitting;
  const auto searched =
      for_each_named<AdminUserList>(client, params, &AdminUserList::Result::users, [&](const auto& account) {
        if (text::casefolded(account.name) == wanted) fitting.push_back(account);
        return true;
      });
  if (!searched) return searched.error();
  if (!fitting.empty()) return choose_account(std::move(fitting), name);
  params.query.reset();
  Suggestions suggestions(name);
  (void)for_each_named<AdminUserList>(
      client, params, &AdminUserList::Result::users,
      [&](const auto& account) { return suggestions.add(account.name, account.display_name); });
  return suggestions.refuse("There is no account called " + name + ".");
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
