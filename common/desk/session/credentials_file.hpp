#pragma once

#include <filesystem>
#include <optional>

#include "common/base/result.hpp"
#include "common/desk/model/credentials.hpp"

namespace wardroom::desk {

// The file that only the person's own account can read: which server, by which key it is known, and the
// token. Replaced in one step: a crash leaves the old or the new one.
Result<void> save_credentials(const std::filesystem::path& file, const Credentials& credentials);
// Nothing when there is no file. A file that can't be understood is an error.
Result<std::optional<Credentials>> load_credentials(const std::filesystem::path& file);

}  // namespace wardroom::desk
