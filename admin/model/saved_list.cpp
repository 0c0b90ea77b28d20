#include "admin/model/saved_list.hpp"

#include <array>
#include <string_view>

#include "admin/model/audit.hpp"
#include "admin/model/moderation.hpp"
#include "admin/model/people.hpp"
#include "admin/model/reasons.hpp"
#include "admin/model/rooms.hpp"
#include "admin/model/select_console.hpp"
#include "admin/model/sessions.hpp"
#include "admin/model/words.hpp"
#include "common/base/clock.hpp"

namespace wardroom::admin {
namespace {

// Of the audit log, more than a spreadsheet takes in good time; beyond that, evidence is the better export.
constexpr std::size_t kMostRecords = 20'000;

// Which of the page's lists is shown.
bool shows_sanctions(const State& state) {
  return state.moderation.tab == ModerationTab::sanctions;
}

std::string file_name(const State& state) {
  switch (state.page) {
    case Page::people:
      return "people";
    case Page::rooms:
      return "rooms";
    case Page::sessions:
      return "sessions";
    case Page::moderation:
      if (shows_sanctions(state)) return "mutes-and-bans";
      return state.moderation.tab == ModerationTab::open ? "open-reports" : "resolved-reports";
    default:
      return "audit";
  }
}

std::string list_title(const State& state) {
  switch (state.page) {
    case Page::people:
      return "Save people";
    case Page::rooms:
      return "Save rooms";
    case Page::sessions:
      return "Save sessions";
    case Page::moderation:
      if (shows_sanctions(state)) return "Save mutes and bans";
      return state.moderation.tab == ModerationTab::open ? "Save open reports" : "Save resolved reports";
    default:
      return "Save audit records";
  }
}

std::string time_of(const std::optional<TimePoint>& t) {
  return t ? to_rfc3339(*t) : "";
}

std::vector<CsvRow> people_rows(const State& state) {
  std::vector<CsvRow> rows{{"Name", "Sign-in name", "E-mail", "Role", "State", "Second factor",
                            "Last seen (UTC)", "Account since (UTC)"}};
  for (const auto& one : state.people.rows)
    rows.push_back({one.display_name, one.name, one.email, std::string(role_title(one.role)),
                    one.disabled       ? "disabled"
                    : one.has_password ? "active"
                                       : "invited",
                    one.second_factor ? "on" : "off", time_of(one.last_seen_at), time_of(one.created_at)});
  return rows;
}

std::vector<CsvRow> room_rows(const State& state) {
  std::vector<CsvRow> rows{{"Name", "Kind", "Members", "State", "Topic"}};
  for (const auto& row : select_rooms(state).rows)
    rows.push_back({row.name, row.kind, row.member_count < 0 ? "" : std::to_string(row.member_count),
                    row.state, row.topic});
  return rows;
}

std::vector<CsvRow> session_rows(const State& state) {
  std::vector<CsvRow> rows{
      {"Person", "Sign-in name", "Device", "Program", "From", "Last used (UTC)", "Connected"}};
  for (const auto& one : state.sessions.rows)
    rows.push_back({one.user.display_name, one.user.name, one.device, one.client, one.ip,
                    time_of(one.last_used_at), one.connected ? "yes" : "no"});
  return rows;
}

std::vector<CsvRow> sanction_rows(const State& state) {
  std::vector<CsvRow> rows{{"Person", "What", "Where", "Since (UTC)", "Until (UTC)", "By", "Reason"}};
  for (const std::size_t at : shown_sanctions(state)) {
    const auto& one = state.moderation.sanctions[at];
    rows.push_back({one.user.display_name, one.kind == protocol::SanctionKind::mute ? "muted" : "banned",
                    one.room ? known_room_title(state, *one.room) : "every room", time_of(one.at),
                    time_of(one.until), one.by.display_name, one.reason});
  }
  return rows;
}

// Without the messages themselves: those are evidence, and evidence is exported with what proves it.
std::vector<CsvRow> report_rows(const State& state) {
  std::vector<CsvRow> rows{{"No.", "Reported (UTC)", "Message by", "Room", "Reported by", "Reason", "Outcome",
                            "Resolved by", "Resolved (UTC)", "Why", "Evidence SHA-256"}};
  for (const auto& one : state.moderation.reports)
    rows.push_back({std::to_string(one.id.value), time_of(one.at), author_of(one), room_title(state, one),
                    one.reporter.display_name, one.reason,
                    one.open || !one.resolution ? "open" : std::string(resolution_word(*one.resolution)),
                    one.resolved_by ? one.resolved_by->display_name : "", time_of(one.resolved_at),
                    one.resolution_reason.value_or(""), one.evidence_hash});
  return rows;
}

std::vector<CsvRow> audit_rows(const State& state) {
  std::vector<CsvRow> rows{{"No.", "Time (UTC)", "What", "Who", "On", "From", "Outcome", "Reason"}};
  const auto shown = select_audit(state).rows;
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const auto& record = state.audit.records[i];
    constexpr std::array<std::string_view, 4> kOutcomes{"success", "failure", "denied", "error"};
    rows.push_back({std::to_string(record.idx.value), record.ts, shown[i].type, shown[i].who, shown[i].on,
                    shown[i].from, std::string(kOutcomes[static_cast<std::size_t>(shown[i].outcome)]),
                    record.reason});
  }
  return rows;
}

// What there is of the list, and whether that is all.
struct Fetched {
  std::size_t rows = 0;
  bool loading = false;
  bool more = false;
};

Fetched fetched_of(const State& state, Page page) {
  switch (page) {
    case Page::people:
      return {state.people.rows.size() + state.people.gathered.size(), state.people.loading,
              state.people.more};
    case Page::rooms:
      return {state.rooms.list.size(), state.rooms.loading, state.rooms.more};
    case Page::sessions:
      return {state.sessions.rows.size() + state.sessions.gathered.size(), state.sessions.loading,
              state.sessions.more};
    case Page::moderation:
      if (shows_sanctions(state)) return {state.moderation.sanctions.size(), state.moderation.loading, false};
      return {state.moderation.reports.size(), state.moderation.loading, state.moderation.more};
    default:
      return {state.audit.records.size(), state.audit.loading,
              state.audit.more && state.audit.records.size() < kMostRecords};
  }
}

void fetch_more(Turn& turn, Page page) {
  switch (page) {
    case Page::people:
      return fold(turn, LoadMorePeople{});
    case Page::rooms:
      return fold(turn, LoadMoreRooms{});
    case Page::sessions:
      return fold(turn, LoadMoreSessions{});
    case Page::moderation:
      return fold(turn, LoadMoreReports{});
    default:
      return fold(turn, LoadMoreAudit{});
  }
}

void refuse_saving(CsvState& csv, std::string why) {
  csv.fetching = false;
  csv.props.busy = false;
  csv.props.progress.clear();
  csv.props.error = std::move(why);
}

}  // namespace

bool has_list(Page page) {
  return page == Page::people || page == Page::rooms || page == Page::sessions || page == Page::moderation ||
         page == Page::audit;
}

std::vector<CsvRow> rows_of(const State& state, Page page) {
  switch (page) {
    case Page::people:
      return people_rows(state);
    case Page::rooms:
      return room_rows(state);
    case Page::sessions:
      return session_rows(state);
    case Page::moderation:
      return shows_sanctions(state) ? sanction_rows(state) : report_rows(state);
    default:
      return audit_rows(state);
  }
}

void go_on_saving(Turn& turn) {
  State& state = turn.state;
  auto& csv = state.csv;
  if (!csv.fetching) return;
  const auto before = fetched_of(state, csv.page);
  if (before.loading) return;
  if (before.more) {
    // A page that brings nothing was refused, which a sentence at the window's edge has said.
    if (csv.asked && before.rows <= csv.rows)
      return refuse_saving(csv, "Not all rows could be fetched, so no file was written. Try again.");
    csv.asked = true;
    csv.rows = before.rows;
    csv.props.progress = "Fetching: " + counted(static_cast<std::int64_t>(before.rows), "row");
    fetch_more(turn, csv.page);
    if (!fetched_of(state, csv.page).loading)
      refuse_saving(csv, "There is no connection to the server now. No file was written.");
    return;
  }
  csv.fetching = false;
  csv.props.progress = "Writing the file";
  auto rows = rows_of(state, csv.page);
  csv.rows = rows.size() - 1;
  csv.cut = csv.page == Page::audit && state.audit.more;
  turn.effect(WriteCsv{csv.path, compose_csv(rows)});
}

void fold(Turn& turn, const AskForCsv&) {
  State& state = turn.state;
  if (state.csv.props.busy || !has_list(state.page)) return;
  state.csv = {};
  state.csv.page = state.page;
  state.csv.props.serial = state.next_serial++;
  state.csv.props.title = list_title(state);
  state.csv.props.path = "~/wardroom-" + file_name(state) + ".csv";
}

void fold(Turn& turn, const SaveCsv& action) {
  auto& csv = turn.state.csv;
  if (csv.props.busy || csv.props.serial == 0) return;
  csv.props.error.clear();
  csv.props.busy = csv.fetching = true;
  csv.asked = false;
  csv.path = action.path;
}

void fold(Turn& turn, const CloseCsv&) {
  turn.state.csv = {};
}

void fold(Turn& turn, const CsvSaved& event) {
  auto& csv = turn.state.csv;
  if (!event.saved) {
    if (csv.props.serial == 0) return show_toast(turn, event.saved.error().message);
    return refuse_saving(csv, event.saved.error().message);
  }
  std::string text = counted(static_cast<std::int64_t>(csv.rows), "row") + " saved to " + event.path + ".";
  if (csv.cut)
    text += std::string(turn.state.audit.oldest_first ? " Newer" : " Older") +
            " records match, too: narrow the filters, or export evidence.";
  csv = {};
  show_toast(turn, std::move(text), false);
}

}  // namespace wardroom::admin
