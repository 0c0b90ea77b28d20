// The programs that people use: what client and console know, wardroomctl's commands.
#include "cmake/precompiled/protocol.hpp"
