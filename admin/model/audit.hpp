#pragma once

#include <span>
#include <string>

#include "admin/model/actions.hpp"
#include "admin/model/turn.hpp"

// The log: asked for by filters, paged by the records' numbers in both directions. Each question is itself
// recorded by the server, so nothing is asked without a reason.
namespace wardroom::admin {

// What the filters offer, in their order.
std::span<const std::string> when_choices();
std::span<const std::string> what_choices();
std::span<const std::string> outcome_choices();

// The newest page of what the filter says.
void load_records(Turn& turn);
// The oldest first, or the newest again: the log has one order, that of its numbers.
void turn_audit_round(Turn& turn);
// What was written since the newest one that is shown; everything, if nothing is shown.
void load_newer_records(Turn& turn);

// What the server said is there, a moment later: many records come at once.
void tail_when_due(Turn& turn);

void fold(Turn& turn, const FilterAudit& action);
void fold(Turn& turn, const LoadMoreAudit& action);
void fold(Turn& turn, const RefreshAudit& action);
void fold(Turn& turn, const SelectRecord& action);
void fold(Turn& turn, const FollowAudit& action);
void fold(Turn& turn, const OpenPerson& action);
void fold(Turn& turn, const OpenRoom& action);
void fold(Turn& turn, const protocol::AuditCheckpointSigned& event);
void fold(Turn& turn, const Answer<protocol::AuditQuery>& answer);

}  // namespace wardroom::admin
