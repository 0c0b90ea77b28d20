#pragma once

#include <filesystem>

#include "admin/model/effects.hpp"

namespace wardroom::admin {

// The page to print, as HTML that needs nothing from elsewhere: one slip a person with their invite link, to
// be cut apart and handed out. It holds the links, hence a Secret.
Secret compose_invite_sheet(const WriteSheet& sheet);
// Writes it to the file that the person named, which only they may read then. Refused as in check_target.
Result<void> save_invite_sheet(const std::filesystem::path& file, const WriteSheet& sheet);

}  // namespace wardroom::admin
