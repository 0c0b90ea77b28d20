#pragma once

#include "admin/model/actions.hpp"
#include "admin/model/turn.hpp"

// The desktop's dialog for files, which puts a path into one of the console's fields. What is typed there
// stays until a path was chosen.
namespace wardroom::admin {

// Whoever the dialog was opened for may be gone meanwhile: then it closes, and what it says counts for
// nothing.
void close_useless_dialog(Turn& turn);

void fold(Turn& turn, const BrowsePath& action);
void fold(Turn& turn, const PathChosen& event);

}  // namespace wardroom::admin
