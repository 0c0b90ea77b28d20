#pragma once

#include <optional>

#include "client/model/actions.hpp"
#include "client/model/turn.hpp"

// What a person has begun to write is the same on all their devices. No text is lost on the way: where two
// devices wrote at the same draft, both texts stay.
namespace wardroom::client {

// What becomes of a draft that was written here and, differently, elsewhere.
std::string joined_drafts(const std::string& here, const std::string& elsewhere);

// The person wrote at it, or it was sent: the server is told once they pause.
void draft_changed(const Turn& turn, SharedDraft& draft);
// At once, because the person goes elsewhere.
void tell_draft(Turn& turn, const WritingPlace& place);
void tell_due_drafts(Turn& turn);
std::optional<TimePoint> next_draft(const State& state);
// What the server was known to have at the last start.
void take_told_drafts(State& state, const CachedState& cached);
// Another epoch: what the server has may be of before, and takes nothing away that was written here.
void forget_told_drafts(State& state);
// After a reconnect.
void load_drafts(Turn& turn);

void fold(Turn& turn, const Answer<protocol::DraftSet>& answer);
void fold(Turn& turn, const Answer<protocol::DraftList>& answer);
void fold(Turn& turn, const protocol::DraftChanged& event);

}  // namespace wardroom::client
