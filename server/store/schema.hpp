#pragma once

#include <span>

#include "common/sqlite/migrations.hpp"

namespace wardroom::store {

// The files of schema/migrations, in order, compiled in.
std::span<const sqlite::Migration> migrations();

}  // namespace wardroom::store
