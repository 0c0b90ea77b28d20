#pragma once

#include <string>
#include <vector>

#include "admin/model/actions.hpp"
#include "admin/model/turn.hpp"

// The queue of reports with their evidence, and the mutes and bans that hold. Reading evidence of a room that
// one isn't in is recorded by the server, so it is asked for only when the page is open.
namespace wardroom::admin {

// Why reports are asked for: the side bar says how many wait.
struct CountingReports {};

// What the open tab shows.
void load_moderation(Turn& turn);
// How many reports wait, for the side bar, without reading one.
void count_reports(Turn& turn);

// Null when it isn't shown any more.
const protocol::Report* find_report(const State& state, ReportId id);
// The display name of a report's author, as it was then.
std::string author_of(const protocol::Report& report);
// The places of the mutes and bans as they are shown.
std::vector<std::size_t> shown_sanctions(const State& state);
// "# release-7", "a direct room"
std::string room_title(const State& state, const protocol::Report& report);

void fold(Turn& turn, const protocol::ReportFiled& event);
void fold(Turn& turn, const ShowModeration& action);
void fold(Turn& turn, const SelectReport& action);
void fold(Turn& turn, const LoadMoreReports& action);
void fold(Turn& turn, const SelectSanction& action);
void fold(Turn& turn, const LiftSelectedSanction& action);
void fold(Turn& turn, const Answer<protocol::ModerationReports>& answer);
void fold(Turn& turn, const Answer<protocol::ModerationReports, CountingReports>& answer);
void fold(Turn& turn, const Answer<protocol::ModerationSanctions>& answer);

}  // namespace wardroom::admin
