#pragma once

#include <vector>

#include "admin/model/props/people.hpp"
#include "protocol/types.hpp"

namespace wardroom::admin {

// The order in which the server gives its pages.
inline constexpr ListSort kServersOrder{static_cast<std::size_t>(PeopleColumn::name), false};

// Puts all accounts of a list in order. Names and addresses are compared as they are searched: by their
// letters, without case and marks. Equal ones stand by their sign-in names.
void arrange_accounts(std::vector<protocol::Account>& accounts, const ListSort& sort);

}  // namespace wardroom::admin
