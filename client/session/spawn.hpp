#pragma once

#include <string>
#include <vector>

namespace wardroom::client {

// Starts a program of the desktop without a shell and without waiting for it. False: it isn't there.
bool spawn(const std::vector<std::string>& arguments);

}  // namespace wardroom::client
