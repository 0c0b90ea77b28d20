#include "admin/model/people_order.hpp"

#include <algorithm>
#include <string>

#include "admin/model/words.hpp"
#include "common/text/search_text.hpp"

namespace wardroom::admin {
namespace {

// Made once for each account: folding a name costs more than comparing it.
struct Key {
  std::string text;
  std::int64_t number = 0;
  std::size_t at = 0;
};

Key key_of(const protocol::Account& account, PeopleColumn column) {
  switch (column) {
    case PeopleColumn::display_name:
      return {text::folded_for_search(account.display_name)};
    case PeopleColumn::name:
      return {account.name};
    case PeopleColumn::email:
      return {text::folded_for_search(account.email)};
    case PeopleColumn::role:
      return {std::string(role_title(account.role))};
    case PeopleColumn::state:
      return {"", account.disabled ? 2 : account.has_password ? 0 : 1};
    case PeopleColumn::second_factor:
      return {"", account.second_factor ? 0 : 1};
    case PeopleColumn::last_seen:
      return {"", account.last_seen_at ? to_unix_ms(*account.last_seen_at) : 0};
  }
  return {};
}

}  // namespace

void arrange_accounts(std::vector<protocol::Account>& accounts, const ListSort& sort) {
  std::vector<Key> keys;
  keys.reserve(accounts.size());
  for (const auto& account : accounts) {
    keys.push_back(key_of(account, static_cast<PeopleColumn>(sort.column)));
    keys.back().at = keys.size() - 1;
  }
  std::sort(keys.begin(), keys.end(), [&](const Key& a, const Key& b) {
    if (const auto order = a.text.compare(b.text); order != 0) return sort.descending ? order > 0 : order < 0;
    if (a.number != b.number) return sort.descending ? a.number > b.number : a.number < b.number;
    return accounts[a.at].name < accounts[b.at].name;
  });
  std::vector<protocol::Account> arranged;
  arranged.reserve(accounts.size());
  for (const Key& key : keys) arranged.push_back(std::move(accounts[key.at]));
  accounts = std::move(arranged);
}

}  // namespace wardroom::admin
