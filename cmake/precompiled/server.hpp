// The server's commands and what puts the server together.
#include "cmake/precompiled/protocol.hpp"
#include "server/commands/change_job.hpp"
#include "server/commands/handlers.hpp"
#include "server/store/rooms.hpp"
#include "server/store/users.hpp"
