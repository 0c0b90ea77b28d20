#pragma once

#include <optional>

#include "server/commands/context.hpp"
#include "server/store/direct_rooms.hpp"

namespace wardroom::commands {

// Puts a direct room where `next` says: record, the room's next number, direct.changed to its people. `what`
// names the act for the record: asked, opened, accepted, declined, ended.
void change_direct(WriteContext& context, const protocol::Room& room, const store::DirectRow& next,
                   std::string_view what);

}  // namespace wardroom::commands
