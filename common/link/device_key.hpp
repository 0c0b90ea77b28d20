#pragma once

#include <filesystem>

#include "common/base/result.hpp"
#include "common/base/secret.hpp"

namespace wardroom::link {

// What this profile shows at each sign-in, so that the server knows a device that was here before
// (protocol::Device): 256 random bits in base64url, made on first use and kept in a file that only the person
// can read. It stays when the person signs out.
Result<Secret> load_device_key(const std::filesystem::path& file);

}  // namespace wardroom::link
