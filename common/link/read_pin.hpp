#pragma once

#include <string_view>

#include "common/base/bytes.hpp"
#include "common/base/result.hpp"

namespace wardroom::link {

// The pin of a CA certificate that is at hand as a file in PEM: who may read the server's ca.crt needs no
// link.
Result<Digest> read_pin(std::string_view pem);

}  // namespace wardroom::link
