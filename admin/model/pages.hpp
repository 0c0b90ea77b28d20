#pragma once

#include <vector>

#include "admin/model/actions.hpp"
#include "admin/model/turn.hpp"

// Which pages there are for whom, and going from one to another.
namespace wardroom::admin {

// In the order of the side bar. None for members and guests.
std::vector<Page> pages_of(protocol::Role role);
// Where the console begins: with the work. What is wrong with the server is counted beside Overview, wherever
// one is. Of roles that have pages.
Page first_page(protocol::Role role);
bool may_open(const State& state, Page page);

// Asks the server for what the open page shows.
void load_page(Turn& turn);
// To the first page that the person may see, unless the open one is theirs.
void enter_pages(Turn& turn);

void fold(Turn& turn, const OpenPage& action);

}  // namespace wardroom::admin
