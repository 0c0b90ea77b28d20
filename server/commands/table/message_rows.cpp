#include "server/commands/table/parts.hpp"

// Messages.
namespace wardroom::commands {
namespace {

const Unaudited kCommitted{"the commit group's record messages.committed binds it in"};
const Unaudited kReaction{"the commit group's record reactions.committed binds it in"};

}  // namespace

std::vector<Command> message_rows() {
  return make_part<MessagePart>(
      changes<MessagePost, post_message>(in_room(RoomAct::post), kCommitted),
      changes<MessageEdit, edit_message>(in_room(RoomAct::edit), kCommitted),
      changes<MessageDelete, delete_message>(in_room(RoomAct::delete_own), {Type::message_deleted}),
      changes<MessageRestore, restore_message>(in_room(RoomAct::delete_own), {Type::message_restored}),
      changes<MessageReact, react_to_message>(in_room(RoomAct::react), kReaction),
      changes<MessagePin, pin_message>(in_room(RoomAct::pin), {Type::message_pinned}),
      reads<MessagePins, read_pins>(in_room(RoomAct::read)),
      vital(changes<MessageVersions, read_versions>(in_room(RoomAct::read), {Type::versions_read})),
      reads<MessageHistory, read_history>(in_room(RoomAct::read)),
      reads<MessageChanges, read_changes>(in_room(RoomAct::read)),
      works_live<MessageSearch, search_messages>(kSearching, {}),
      reads<FileList, list_files>(in_room(RoomAct::read)));
}

}  // namespace wardroom::commands
