#include "server/commands/table/parts.hpp"

// Messages, and what a person keeps of them and beside them.
namespace wardroom::commands {
namespace {

const Unaudited kCommitted{"the commit group's record messages.committed binds it in"};
const Unaudited kReaction{"the commit group's record reactions.committed binds it in"};

const Unaudited kOwnReading{
    "what somebody reads, and how they arrange it, is theirs: no record is made of it"};

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
      reads<MessageThread, read_thread>(in_room(RoomAct::read)),
      reads<MessageSeenBy, read_seen_by>(in_room(RoomAct::read)), reads<ThreadList, list_threads>(kSignedIn),
      changes<ThreadFollow, follow_thread>(in_room(RoomAct::mark), kOwnReading),
      changes<ThreadMarkRead, mark_thread_read>(in_room(RoomAct::mark), kOwnReading),
      changes<SavedSet, set_saved>(kSignedIn, kOwnReading), reads<SavedList, list_saved>(kSignedIn),
      changes<DraftSet, set_draft>(kSignedIn, kOwnReading), reads<DraftList, list_drafts>(kSignedIn),
      reads<SidebarGet, get_sidebar>(kSignedIn), changes<SidebarSet, set_sidebar>(kSignedIn, kOwnReading),
      reads<FileList, list_files>(in_room(RoomAct::read)));
}

}  // namespace wardroom::commands
