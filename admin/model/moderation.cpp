#include "admin/model/moderation.hpp"

#include <algorithm>
#include <limits>

#include "admin/model/pages.hpp"
#include "admin/model/reasons.hpp"
#include "admin/model/rooms.hpp"
#include "admin/model/sorting.hpp"

namespace wardroom::admin {
namespace {

constexpr std::int64_t kReportsAtOnce = 20;

bool open_wanted(const ModerationState& moderation) {
  return moderation.tab == ModerationTab::open;
}

void learn_rooms(State& state, const std::vector<protocol::Report>& reports) {
  for (const auto& report : reports)
    if (report.evidence.room_kind == protocol::RoomKind::direct)
      state.rooms.direct_titles[report.room] = room_title(state, report);
    else if (!report.evidence.room_name.empty())
      state.rooms.names[report.room] = report.evidence.room_name;
}

void forget_hidden_selection(ModerationState& moderation) {
  const bool there = std::any_of(moderation.reports.begin(), moderation.reports.end(),
                                 [&](const protocol::Report& r) { return r.id == moderation.selected; });
  if (!there) moderation.selected = moderation.reports.empty() ? ReportId{} : moderation.reports.front().id;
}

OrderKey sanction_key(const State& state, const protocol::Sanction& sanction, SanctionsColumn column) {
  constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();
  switch (column) {
    case SanctionsColumn::person:
      return words_key(sanction.user.display_name);
    case SanctionsColumn::what:
      return {"", sanction.kind == protocol::SanctionKind::mute ? 1 : 0};
    case SanctionsColumn::room:
      return words_key(sanction.room ? known_room_title(state, *sanction.room) : "");
    case SanctionsColumn::until:
      return {"", sanction.until ? to_unix_ms(*sanction.until) : kNever};
    case SanctionsColumn::by:
      return words_key(sanction.by.display_name);
    case SanctionsColumn::reason:
      return words_key(sanction.reason);
  }
  return {};
}

}  // namespace

std::vector<std::size_t> shown_sanctions(const State& state) {
  return shown_places(state, ListName::sanctions, state.moderation.sanctions,
                      [&](const protocol::Sanction& sanction, std::size_t column) {
                        return sanction_key(state, sanction, static_cast<SanctionsColumn>(column));
                      });
}

void load_moderation(Turn& turn) {
  auto& moderation = turn.state.moderation;
  if (moderation.tab == ModerationTab::sanctions) {
    // Only those who moderate the whole office may see all of them.
    if (!turn.state.may_moderate()) return;
    moderation.loading = turn.call<protocol::ModerationSanctions>({});
    return;
  }
  moderation.loading = turn.call<protocol::ModerationReports>({open_wanted(moderation), {}, kReportsAtOnce});
}

void count_reports(Turn& turn) {
  // No report stands before the first one: the answer holds the number of those that wait, and no evidence.
  turn.call<protocol::ModerationReports>({{}, ReportId{1}, 1}, CountingReports{});
}

const protocol::Report* find_report(const State& state, ReportId id) {
  for (const auto& report : state.moderation.reports)
    if (report.id == id) return &report;
  return nullptr;
}

std::string author_of(const protocol::Report& report) {
  for (const auto& user : report.evidence.users)
    if (user.id == report.evidence.message.author) return user.display_name;
  return "somebody";
}

std::string room_title(const State& state, const protocol::Report& report) {
  // The person who reported it is one of the two, and who wrote it the other.
  if (report.evidence.room_kind == protocol::RoomKind::direct)
    return direct_title({author_of(report), report.reporter.display_name});
  if (!report.evidence.room_name.empty()) return "# " + report.evidence.room_name;
  return known_room_title(state, report.room);
}

void fold(Turn& turn, const protocol::ReportFiled&) {
  const State& state = turn.state;
  if (!may_open(state, Page::moderation)) return;
  if (state.page == Page::moderation && state.moderation.tab == ModerationTab::open)
    return load_moderation(turn);
  count_reports(turn);
  show_toast(turn, "A new report waits on the Moderation page.", false);
}

void fold(Turn& turn, const ShowModeration& action) {
  auto& moderation = turn.state.moderation;
  if (moderation.tab != action.tab) {
    moderation.reports.clear();
    moderation.selected = {};
    moderation.loaded = false;
    moderation.sanction.reset();
  }
  moderation.tab = action.tab;
  moderation.error.clear();
  load_moderation(turn);
}

void fold(Turn& turn, const SelectReport& action) {
  turn.state.moderation.selected = action.report;
}

void fold(Turn& turn, const LoadMoreReports&) {
  auto& moderation = turn.state.moderation;
  if (!moderation.more || moderation.loading || moderation.reports.empty()) return;
  moderation.loading = turn.call<protocol::ModerationReports>(
      {open_wanted(moderation), moderation.reports.back().id, kReportsAtOnce});
}

void fold(Turn& turn, const SelectSanction& action) {
  auto& moderation = turn.state.moderation;
  if (action.index < moderation.sanctions.size()) moderation.sanction = action.index;
}

void fold(Turn& turn, const LiftSelectedSanction&) {
  const auto& moderation = turn.state.moderation;
  if (!moderation.sanction || *moderation.sanction >= moderation.sanctions.size()) return;
  const auto& sanction = moderation.sanctions[*moderation.sanction];
  fold(turn, AskReason{LiftSanction{sanction.kind == protocol::SanctionKind::ban, sanction.room,
                                    sanction.user.id, sanction.user.display_name}});
}

void fold(Turn& turn, const Answer<protocol::ModerationReports>& answer) {
  auto& moderation = turn.state.moderation;
  const auto& asked = answer.params;
  if (answer.result) moderation.open = answer.result->open;
  if (moderation.tab == ModerationTab::sanctions || asked.open != open_wanted(moderation)) return;
  if (asked.before && (moderation.reports.empty() || moderation.reports.back().id != *asked.before)) return;
  moderation.loading = false;
  if (!answer.result) {
    if (!turn.state.online()) return;
    if (moderation.loaded) return show_toast(turn, answer.result.error().message);
    moderation.error = answer.result.error().message;
    return;
  }
  if (!asked.before) moderation.reports.clear();
  const auto& page = answer.result->reports;
  moderation.reports.insert(moderation.reports.end(), page.begin(), page.end());
  moderation.more = answer.result->more;
  moderation.loaded = true;
  moderation.error.clear();
  learn_rooms(turn.state, page);
  forget_hidden_selection(moderation);
}

void fold(Turn& turn, const Answer<protocol::ModerationReports, CountingReports>& answer) {
  if (answer.result) turn.state.moderation.open = answer.result->open;
}

void fold(Turn& turn, const Answer<protocol::ModerationSanctions>& answer) {
  auto& moderation = turn.state.moderation;
  if (moderation.tab != ModerationTab::sanctions) return;
  moderation.loading = false;
  if (!answer.result) {
    if (turn.state.online()) moderation.error = answer.result.error().message;
    return;
  }
  moderation.sanctions = answer.result->sanctions;
  moderation.sanction.reset();
  moderation.loaded = true;
  moderation.error.clear();
}

}  // namespace wardroom::admin
