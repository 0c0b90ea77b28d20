// Tests of what is drawn.
#include <catch2/catch.hpp>

#include "cmake/precompiled/views.hpp"
