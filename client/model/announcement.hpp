#pragma once

#include <optional>
#include <string>

#include "client/model/actions.hpp"
#include "client/model/turn.hpp"
#include "protocol/events.hpp"

// What the office announces to everybody.
namespace wardroom::client {

void load_announcement(Turn& turn);
// Takes one that is over off the screen, and says when the next look is due.
void drop_ended_announcement(Turn& turn);
std::optional<TimePoint> announcement_end(const State& state);

// What is to be shown of it; nothing when none stands, or the person has seen it.
const protocol::Announcement* shown_announcement(const State& state);

void fold(Turn& turn, const AcknowledgeAnnouncement& action);
void fold(Turn& turn, const CloseAnnouncement& action);
void fold(Turn& turn, const Answer<protocol::AnnouncementGet>& answer);
void fold(Turn& turn, const Answer<protocol::AnnouncementAcknowledge>& answer);
void fold(Turn& turn, const protocol::AnnouncementChanged& event);
void fold(Turn& turn, const protocol::AnnouncementAcknowledged& event);

}  // namespace wardroom::client
