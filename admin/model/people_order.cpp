#include "admin/model/people_order.hpp"

#include "admin/model/list_order.hpp"
#include "admin/model/words.hpp"

namespace wardroom::admin {
namespace {

OrderKey key_of(const protocol::Account& account, PeopleColumn column) {
  switch (column) {
    case PeopleColumn::display_name:
      return words_key(account.display_name);
    case PeopleColumn::name:
      return {account.name};
    case PeopleColumn::email:
      return words_key(account.email);
    case PeopleColumn::role:
      return {std::string(role_title(account.role))};
    case PeopleColumn::state:
      return {"", account.disabled ? 2 : account.has_password ? 0 : 1};
    case PeopleColumn::second_factor:
      return {"", account.second_factor ? 0 : 1};
    case PeopleColumn::last_seen:
      return time_key(account.last_seen_at);
  }
  return {};
}

}  // namespace

void arrange_accounts(std::vector<protocol::Account>& accounts, const ListSort& sort) {
  const auto by = [&](PeopleColumn column, bool descending) {
    put_in_order(accounts, descending,
                 [&](const protocol::Account& account) { return key_of(account, column); });
  };
  // The rows may still stand in another order.
  by(PeopleColumn::name, false);
  by(static_cast<PeopleColumn>(sort.column), sort.descending);
}

}  // namespace wardroom::admin
