#pragma once

#include <memory>

#include "common/sqlite/connection.hpp"

namespace wardroom::schema {

// An empty database in memory, as the migrations up to `version` make it. An error when this program knows no
// such version.
Result<std::unique_ptr<sqlite::Connection>> make_fresh(int version);

}  // namespace wardroom::schema
