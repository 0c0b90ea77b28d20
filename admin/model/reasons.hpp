#pragma once

#include <span>
#include <string>

#include "admin/model/actions.hpp"
#include "admin/model/turn.hpp"

// What is done to somebody or something for a reason: the dialog's words, the request, and its answer.
namespace wardroom::admin {

// What the dialog says before it is done, in numbers where there are any.
ReasonDialogProps describe_action(const State& state, const ReasonedAction& act);

// How long a mute or a ban holds, in the order of the dialog's list; nothing: until it is lifted.
std::span<const std::optional<std::chrono::seconds>> sanction_times();
// How a report ends, in the order of the dialog's list.
std::span<const protocol::Resolution> resolutions();
std::string_view resolution_word(protocol::Resolution resolution);  // "dismissed"
// Seconds between two messages, in the order of the dialog's list; 0: no slow mode.
std::span<const std::int64_t> slow_modes();

void fold(Turn& turn, const AskReason& action);
void fold(Turn& turn, const GiveReason& action);
void fold(Turn& turn, const CancelReason& action);

void fold(Turn& turn, const Answer<protocol::AdminUserDisable>& answer);
void fold(Turn& turn, const Answer<protocol::AdminUserResetPassword>& answer);
void fold(Turn& turn, const Answer<protocol::AdminUserRemoveTotp>& answer);
void fold(Turn& turn, const Answer<protocol::AdminSessionRevoke>& answer);
void fold(Turn& turn, const Answer<protocol::AdminUserImportUndo>& answer);
void fold(Turn& turn, const Answer<protocol::MessageDelete>& answer);
void fold(Turn& turn, const Answer<protocol::ModerationMute>& answer);
void fold(Turn& turn, const Answer<protocol::ModerationUnmute>& answer);
void fold(Turn& turn, const Answer<protocol::ModerationKick>& answer);
void fold(Turn& turn, const Answer<protocol::ModerationBan>& answer);
void fold(Turn& turn, const Answer<protocol::ModerationUnban>& answer);
void fold(Turn& turn, const Answer<protocol::ModerationResolve>& answer);
void fold(Turn& turn, const Answer<protocol::AdminHoldLift>& answer);
void fold(Turn& turn, const Answer<protocol::AdminAuditPrune>& answer);
void fold(Turn& turn, const Answer<protocol::RoomLock>& answer);
void fold(Turn& turn, const Answer<protocol::RoomArchive>& answer);
void fold(Turn& turn, const Answer<protocol::RoomSlowMode>& answer);

}  // namespace wardroom::admin
