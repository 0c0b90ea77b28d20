#pragma once

#include <string>
#include <vector>

#include "common/desk/model/policy.hpp"

namespace wardroom::desk {

// What was decided for this PC, where only its administrators write: /etc/wardroom/client.toml; on Windows
// the keys Software\Policies\Wardroom, which a group policy fills, and under it Software\Wardroom, which the
// installer does, of HKEY_LOCAL_MACHINE. What can't be read is a problem, a sentence.
PolicyValues load_policy_values(std::vector<std::string>& problems);

}  // namespace wardroom::desk
