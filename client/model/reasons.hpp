#pragma once

#include <span>

#include "client/model/actions.hpp"
#include "client/model/composer.hpp"
#include "client/model/turn.hpp"

// What a moderator does, and reports to one: each asks for a reason first, and can be undone.
namespace wardroom::client {

// How long a sanction lasts; 0: until it is lifted, of slow mode: off.
std::span<const std::int64_t> action_lengths(ReasonedAction act);

// Opens the dialog; `reason` and `length` are filled in already.
void ask_reason(Turn& turn, const AskReason& action, std::string reason = {},
                std::optional<std::int64_t> seconds = {});
// Sends it at once: the reason is known. False: offline, and said so.
bool take_action(Turn& turn, const AskReason& what, const std::string& reason, std::int64_t seconds,
                 const Typed& typed);

void fold(Turn& turn, const AskReason& action);
void fold(Turn& turn, const GiveReason& action);
void fold(Turn& turn, const SetMemberRole& action);
void fold(Turn& turn, const Unmute& action);
void fold(Turn& turn, const Answer<protocol::MessageDelete>& answer);
void fold(Turn& turn, const Answer<protocol::MessageRestore>& answer);
void fold(Turn& turn, const Answer<protocol::ModerationReport>& answer);
void fold(Turn& turn, const Answer<protocol::ModerationMute>& answer);
void fold(Turn& turn, const Answer<protocol::ModerationUnmute>& answer);
void fold(Turn& turn, const Answer<protocol::ModerationKick>& answer);
void fold(Turn& turn, const Answer<protocol::ModerationBan>& answer);
void fold(Turn& turn, const Answer<protocol::ModerationUnban>& answer);
void fold(Turn& turn, const Answer<protocol::RoomLock>& answer);
void fold(Turn& turn, const Answer<protocol::RoomArchive>& answer);
void fold(Turn& turn, const Answer<protocol::RoomSlowMode>& answer);
void fold(Turn& turn, const Answer<protocol::RoomSetRole>& answer);
void fold(Turn& turn, const Answer<protocol::RoomAddMember>& answer);

// What moderators did to the person, and what became of reports.
void fold(Turn& turn, const protocol::ModerationApplied& event);
void fold(Turn& turn, const protocol::ReportFiled& event);
void fold(Turn& turn, const protocol::ReportResolved& event);

}  // namespace wardroom::client
