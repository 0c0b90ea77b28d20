#pragma once

#include "common/sqlite/connection.hpp"
#include "protocol/types.hpp"

// The table `sidebars`: how people arranged their rooms.
namespace wardroom::store {

// Of version 0 when they never did.
protocol::Sidebar load_sidebar(sqlite::Connection& db, UserId user);
void store_sidebar(sqlite::Connection& db, UserId user, const protocol::Sidebar& sidebar);

}  // namespace wardroom::store
