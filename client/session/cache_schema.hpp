#pragma once

#include <span>

#include "common/sqlite/migrations.hpp"

namespace wardroom::client {

// The steps that make cache.db what it is.
std::span<const sqlite::Migration> cache_migrations();

}  // namespace wardroom::client
