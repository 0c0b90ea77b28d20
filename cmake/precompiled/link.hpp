// The programs' connection to the server: as asio.hpp, but with sanitizers compiled quickly
// (precompiled.cmake).
#include "cmake/precompiled/asio.hpp"
