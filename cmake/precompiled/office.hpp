// Tests in which a whole office runs in memory.
#include <catch2/catch.hpp>

#include "cmake/precompiled/server.hpp"
#include "tests/harness/office.hpp"
