#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "admin/model/actions.hpp"
#include "admin/model/turn.hpp"

// What is announced to everybody, and who acknowledged it.
namespace wardroom::admin {

// How long an announcement may stand, in the order of the form's list, and the same as words.
const std::vector<std::chrono::seconds>& announcement_lengths();
std::vector<std::string> announcement_length_words();

void load_announcement(Turn& turn);
// Who has acknowledged it, by another column, or the other way round.
void sort_acknowledgements(Turn& turn, std::size_t column);

void fold(Turn& turn, const Announce& action);
void fold(Turn& turn, const EndAnnouncement& action);
void fold(Turn& turn, const ShowAcknowledged& action);
void fold(Turn& turn, const LoadMoreAcknowledged& action);
void fold(Turn& turn, const RefreshAnnouncement& action);
void fold(Turn& turn, const Answer<protocol::AdminAnnounce>& answer);
void fold(Turn& turn, const Answer<protocol::AdminAnnounceEnd>& answer);
void fold(Turn& turn, const Answer<protocol::AdminAnnounceStatus>& answer);

}  // namespace wardroom::admin
