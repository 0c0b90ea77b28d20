#pragma once

#include <string>
#include <vector>

#include "admin/model/actions.hpp"
#include "admin/model/turn.hpp"

// How long messages are kept, which holds override that, and the pruning of old audit records.
namespace wardroom::admin {

// How long a rule may keep, in the order of the dialog's list; nothing: for good.
const std::vector<std::optional<std::int64_t>>& keep_days();
// The same as words. A room's own rule has one more: that of its kind.
std::vector<std::string> keep_choices(bool of_a_room);
std::string keep_words(std::optional<std::int64_t> days);

void load_retention(Turn& turn);

// Why the directory is asked: whom a hold is to cover.
struct FindingHeld {};
// Why a pruning is asked for as a dry run; what comes of the real one stands in reason_answers.
struct CountingPruning {};

void fold(Turn& turn, const ShowRetention& action);
void fold(Turn& turn, const SelectRule& action);
void fold(Turn& turn, const AskForRule& action);
void fold(Turn& turn, const PreviewRule& action);
void fold(Turn& turn, const SetRule& action);
void fold(Turn& turn, const SelectHold& action);
void fold(Turn& turn, const LiftSelectedHold& action);
void fold(Turn& turn, const AskForHold& action);
void fold(Turn& turn, const PlaceHold& action);
void fold(Turn& turn, const CloseRetentionDialog& action);
void fold(Turn& turn, const CountPruning& action);
void fold(Turn& turn, const PruneCounted& action);

void fold(Turn& turn, const Answer<protocol::AdminRetentionGet>& answer);
void fold(Turn& turn, const Answer<protocol::AdminRetentionSet>& answer);
void fold(Turn& turn, const Answer<protocol::AdminRetentionPreview>& answer);
void fold(Turn& turn, const Answer<protocol::AdminHoldList>& answer);
void fold(Turn& turn, const Answer<protocol::AdminHoldPlace>& answer);
void fold(Turn& turn, const Answer<protocol::UserList, FindingHeld>& answer);
void fold(Turn& turn, const Answer<protocol::AdminAuditPrune, CountingPruning>& answer);

}  // namespace wardroom::admin
