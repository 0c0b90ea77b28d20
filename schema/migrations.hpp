#pragma once

#include <span>

#include "common/sqlite/migrations.hpp"

namespace wardroom::schema {

// The files of the folder migrations, in order, compiled in.
std::span<const sqlite::Migration> migrations();

}  // namespace wardroom::schema
