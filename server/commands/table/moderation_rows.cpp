#include "server/commands/table/parts.hpp"

// Moderation.
namespace wardroom::commands {

std::vector<Command> moderation_rows() {
  return make_part<ModerationPart>(
      vital(changes<ModerationMute, mute_person>(in_room(RoomAct::mute), {Type::muted})),
      vital(changes<ModerationUnmute, unmute_person>(in_room(RoomAct::mute), {Type::unmuted})),
      vital(changes<ModerationKick, kick_person>(in_room(RoomAct::kick),
                                                 {Type::kicked, Type::room_member_removed})),
      vital(changes<ModerationBan, ban_person>(in_room(RoomAct::ban),
                                               {Type::banned, Type::room_member_removed})),
      vital(changes<ModerationUnban, unban_person>(in_room(RoomAct::ban), {Type::unbanned})),
      lists<ModerationSanctions, list_sanctions>(in_room(RoomAct::see_sanctions)),
      changes<ModerationReport, report_message>(in_room(RoomAct::report), {Type::report_filed}),
      vital(works_live<ModerationReports, list_reports>(kSignedIn, {Type::reports_read})),
      changes<ModerationResolve, resolve_report>(kSignedIn, {Type::report_resolved}));
}

}  // namespace wardroom::commands
