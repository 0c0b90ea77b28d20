#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/model/actions.hpp"
#include "client/model/turn.hpp"

// What a person wants to be told of outside the window: of which rooms, which messages, and when.
namespace wardroom::client {

// What was chosen for the room, or is usual; and until when it is paused.
RoomLevel chosen_level(const State& state, const RoomState& room);
std::optional<TimePoint> paused_until(const State& state, RoomId room);
// What holds for it now: a pause is over when its time has come.
RoomLevel level_of(const State& state, const RoomState& room);
// It says nothing, and lies among the quiet ones of the side bar.
bool is_silenced(const State& state, const RoomState& room);
// Nothing is told of any room now.
bool is_quiet(const State& state);
// Within the hours, which are those of the person's own calendar.
bool is_within(const AttentionHours& hours, const desk::TimeZone& zone, TimePoint wall);
// When a pause ends or the hours begin or end, by the PC's clock; nothing: never.
std::optional<TimePoint> next_attention_change(const State& state);
// Whether one of the keywords stands in the text as words of its own, whatever their case and accents. In
// scripts without spaces it may stand anywhere.
bool has_keyword(const std::vector<std::string>& keywords, std::string_view written);
// "release, freeze" as keywords: without what no text could have, and each once.
std::vector<std::string> parse_keywords(std::string_view typed);
// Why they can't be kept as they are: there are too many, or one is too long; empty: they can.
std::string why_not_kept(const std::vector<std::string>& keywords);
// "8", "8:05", "08:05", "24:00" is 00:00; nothing for what is no time.
std::optional<std::chrono::minutes> parse_time_of_day(std::string_view typed);
std::string time_of_day_text(std::chrono::minutes since_midnight);
AttentionProps select_attention(const State& state);

void fold(Turn& turn, const SetRoomLevel& action);
void fold(Turn& turn, const PauseRoom& action);
void fold(Turn& turn, const SetAttention& action);
void fold(Turn& turn, const SetKeywords& action);
void fold(Turn& turn, const SetAttentionHours& action);

}  // namespace wardroom::client
