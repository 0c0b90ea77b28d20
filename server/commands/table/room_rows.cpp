#include "server/commands/table/parts.hpp"

// Rooms, direct conversations, markers, presence, the office's announcement.
namespace wardroom::commands {
namespace {

const Unaudited kPersonal{"concerns only how the person sees their rooms"};

}  // namespace

std::vector<Command> room_rows() {
  return make_part<RoomPart>(
      reads<RoomList, list_rooms>(kSignedIn), reads<RoomBrowse, browse_rooms>(only(Right::browse_rooms)),
      changes<RoomCreate, create_room>(only(Right::create_rooms), {Type::room_created}),
      changes<RoomUpdate, update_room>(
          in_room(RoomAct::update), {Type::room_renamed, Type::room_topic_changed, Type::room_kind_changed}),
      changes<RoomJoin, join_room>(in_room(RoomAct::join), {Type::room_member_added}),
      changes<RoomLeave, leave_room>(in_room(RoomAct::leave), {Type::room_member_removed}),
      reads<RoomMembers, list_members>(in_room(RoomAct::read)),
      // Bringing people in takes knowing them: guests don't.
      changes<RoomAddMember, add_member>({Door::signed_in, Right::use_directory, 1, RoomAct::add_member},
                                         {Type::room_member_added}),
      vital(changes<RoomRemoveMember, take_out_member>(in_room(RoomAct::remove_member),
                                                       {Type::room_member_removed})),
      changes<RoomSetRole, set_room_role>(in_room(RoomAct::set_role), {Type::room_role_changed}),
      changes<RoomArchive, archive_room>(in_room(RoomAct::archive), {Type::room_archived}),
      changes<RoomLock, lock_room>(in_room(RoomAct::lock), {Type::room_locked, Type::room_unlocked}),
      changes<RoomSlowMode, set_slow_mode>(in_room(RoomAct::slow_mode), {Type::room_slow_mode}),
      changes<DirectOpen, open_direct>(kSignedIn, {Type::room_created, Type::room_direct_changed}),
      changes<DirectAccept, accept_direct>(in_room(RoomAct::answer), {Type::room_direct_changed}),
      changes<DirectDecline, decline_direct>(in_room(RoomAct::answer), {Type::room_direct_changed}),
      changes<DirectEnd, end_direct>(in_room(RoomAct::end), {Type::room_direct_changed}),
      changes<MarkerSet, set_marker>(in_room(RoomAct::mark), kPersonal),
      works_live<PresenceSet, set_presence>(kSignedIn, {}),
      works_live<PresenceWatch, watch_presence>(kSocket, {}),
      reads<TypingSend, send_typing>({Door::socket, std::nullopt, 1, RoomAct::type}),
      reads<AnnouncementGet, get_announcement>(kSignedIn),
      changes<AnnouncementAcknowledge, acknowledge_announcement>(kSignedIn,
                                                                 {Type::announcement_acknowledged}));
}

}  // namespace wardroom::commands
