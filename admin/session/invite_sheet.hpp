#pragma once

#include "admin/model/effects.hpp"

namespace wardroom::admin {

// The page to print, as HTML that needs nothing from elsewhere: one slip a person with their invite link, to
// be cut apart and handed out. It holds the links, hence a Secret.
Secret compose_invite_sheet(const WriteSheet& sheet);

}  // namespace wardroom::admin
