#pragma once

#include <functional>
#include <string>
#include <vector>

#include "common/base/result.hpp"

namespace wardroom::link {

// The addresses of a name, as text. May take as long as it likes: it runs on a thread of its own, which is
// left behind when nobody waits any more. So it must not refer to what doesn't live for ever.
using FindAddresses = std::function<Result<std::vector<std::string>>(const std::string& host)>;

// By the system's resolver.
Result<std::vector<std::string>> find_addresses(const std::string& host);

}  // namespace wardroom::link
