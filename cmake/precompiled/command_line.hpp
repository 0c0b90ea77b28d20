// Whoever takes apart a command line.
#include <CLI/CLI.hpp>

#include "cmake/precompiled/std.hpp"
