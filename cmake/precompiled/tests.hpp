// Tests of what needs no server.
#include <catch2/catch.hpp>

#include "cmake/precompiled/protocol.hpp"
