#pragma once

#include "ctl/commands/commands.hpp"

// What is done with a room and its members. An error is a sentence for the person.
namespace wardroom::ctl {

struct RoomArguments {
  std::string room;
  std::string user;
  std::string role;
  std::string text;  // a topic, or the new name
  std::string reason;
  std::chrono::seconds pause{0};  // of slow mode
  bool is_private = false;
};
Result<void> room_create(const Context& context, const RoomArguments& arguments);
Result<void> room_join(const Context& context, const RoomArguments& arguments);
Result<void> room_leave(const Context& context, const RoomArguments& arguments);
Result<void> room_members(const Context& context, const RoomArguments& arguments);
Result<void> room_add(const Context& context, const RoomArguments& arguments);
Result<void> room_remove(const Context& context, const RoomArguments& arguments);
Result<void> room_role(const Context& context, const RoomArguments& arguments);
Result<void> room_topic(const Context& context, const RoomArguments& arguments);
Result<void> room_rename(const Context& context, const RoomArguments& arguments);
Result<void> room_lock(const Context& context, const RoomArguments& arguments);
Result<void> room_unlock(const Context& context, const RoomArguments& arguments);
Result<void> room_slow(const Context& context, const RoomArguments& arguments);
Result<void> room_archive(const Context& context, const RoomArguments& arguments);
Result<void> room_reopen(const Context& context, const RoomArguments& arguments);

}  // namespace wardroom::ctl
