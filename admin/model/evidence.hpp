#pragma once

#include "admin/model/actions.hpp"
#include "admin/model/turn.hpp"

// An evidence bundle: what the log says about a person, a room, a time, in files that others can check.
namespace wardroom::admin {

// Why the directory is asked: whom a bundle is about.
struct FindingSubject {};

void fold(Turn& turn, const AskForEvidence& action);
void fold(Turn& turn, const TakeEvidence& action);
void fold(Turn& turn, const CloseEvidence& action);
void fold(Turn& turn, const Answer<protocol::UserList, FindingSubject>& answer);
void fold(Turn& turn, const EvidenceProgress& event);
void fold(Turn& turn, const EvidenceMade& event);

}  // namespace wardroom::admin
