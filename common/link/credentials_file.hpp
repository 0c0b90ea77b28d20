#pragma once

#include <filesystem>
#include <optional>

#include "common/base/result.hpp"
#include "common/base/secret.hpp"
#include "common/link/introduction.hpp"
#include "protocol/types.hpp"

namespace wardroom::link {

// Signs a person in without asking.
struct Credentials {
  Introduction server;
  Secret token;  // empty: signed out; the rest pre-fills the sign-in
  protocol::User user;
};

// The file that only the person's own account can read: which server, by which key it is known, and the
// token. Replaced in one step: a crash leaves the old or the new one.
Result<void> save_credentials(const std::filesystem::path& file, const Credentials& credentials);
// Nothing when there is no file. A file that can't be understood is an error.
Result<std::optional<Credentials>> load_credentials(const std::filesystem::path& file);

}  // namespace wardroom::link
