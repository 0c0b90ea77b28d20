#pragma once

#include <vector>

#include "admin/model/props/people.hpp"
#include "protocol/types.hpp"

namespace wardroom::admin {

// Puts all accounts of a list in order. Equal ones stand by their sign-in names.
void arrange_accounts(std::vector<protocol::Account>& accounts, const ListSort& sort);

}  // namespace wardroom::admin
