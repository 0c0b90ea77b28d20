#include "admin/model/audit.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "admin/model/named.hpp"
#include "admin/model/pages.hpp"
#include "admin/model/people.hpp"
#include "admin/model/rooms.hpp"

namespace wardroom::admin {
namespace {

using Question = protocol::AuditQuery::Params;

constexpr std::chrono::seconds kTailPause{2};

const std::array<std::string, 5> kWhen{"last hour", "last 24 hours", "last 7 days", "last 30 days", "ever"};
constexpr std::array<std::chrono::hours, 4> kReach{std::chrono::hours{1}, std::chrono::hours{24},
                                                   std::chrono::hours{24 * 7}, std::chrono::hours{24 * 30}};
// Subjects, then the acts that are looked for most.
// Each subject of the server's catalogue is among them (a test insists).
const std::array<std::string, 26> kWhat{
    "anything",        "auth.*",        "session.*",       "user.*",
    "invite.*",        "room.*",        "message.*",       "messages.*",
    "reactions.*",     "file.*",        "moderation.*",    "access.*",
    "privacy.*",       "retention.*",   "settings.*",      "announcement.*",
    "server.*",        "audit.*",       "auth.login.fail", "auth.totp.*",
    "user.created",    "user.disabled", "user.offboarded", "user.role_changed",
    "message.deleted", "access.denied"};
const std::array<std::string, 5> kOutcome{"any", "success", "failure", "denied", "error"};

// An error says which field can't be understood.
Result<Question> params_of(const State& state) {
  const AuditFilter& filter = state.audit.filter;
  Question question;
  if (filter.when < kReach.size()) question.since = state.wall - kReach[filter.when];
  const auto period = parse_period(filter.from_day, filter.to_day, state.zone);
  if (!period) return period.error();
  if (period->since || period->until) {
    question.since = period->since;
    question.until = period->until;
  }
  if (!filter.room.empty()) {
    question.room = find_room_named(state, filter.room);
    if (!question.room)
      return params_error("room", "No room of this name is known here. Its number works, too.");
  }
  if (!filter.address.empty()) question.address = filter.address;
  if (auto name = sign_in_name(filter.on); !name.empty()) question.target_name = std::move(name);
  if (auto name = sign_in_name(filter.who); !name.empty()) question.actor_name = std::move(name);
  if (filter.what > 0 && filter.what < kWhat.size()) question.type = kWhat[filter.what];
  if (filter.outcome > 0 && filter.outcome < kOutcome.size()) question.outcome = kOutcome[filter.outcome];
  if (!filter.words.empty()) question.text = filter.words;
  question.limit = kRowsAtOnce;
  return question;
}

bool same_question(const Question& a, const Question& b) {
  return a.since == b.since && a.actor_name == b.actor_name && a.type == b.type && a.outcome == b.outcome &&
         a.text == b.text && a.until == b.until && a.room == b.room && a.address == b.address &&
         a.target_name == b.target_name;
}

void ask(Turn& turn, std::optional<AuditIndex> before, std::optional<AuditIndex> after) {
  auto& audit = turn.state.audit;
  Question question = audit.asked;
  question.before = before;
  question.after = after;
  if (turn.call<protocol::AuditQuery>(std::move(question))) audit.loading = true;
}

// With the oldest first, records are asked for behind one that is known: that needs the first one, and it
// alone stands before the second.
constexpr AuditIndex kFirst{0};
constexpr AuditIndex kSecond{1};

void append_page(AuditState& audit, const protocol::AuditQuery::Result& page, bool first) {
  if (first) audit.records.clear();
  for (const auto& record : page.records) audit.records.push_back(read_record(record));
  audit.more = page.more;
}

// Of the order that is shown, and beside what is here.
bool is_next_page(const AuditState& audit, const Question& asked, bool first) {
  if (audit.oldest_first) {
    if (first) return *asked.before == kSecond;
    return asked.after && *asked.after == (audit.records.empty() ? kFirst : audit.records.back().idx);
  }
  if (first) return true;
  if (audit.records.empty()) return false;
  return asked.before ? audit.records.back().idx == *asked.before : audit.records.front().idx == *asked.after;
}

void prepend_newer(AuditState& audit, const protocol::AuditQuery::Result& page) {
  std::vector<LogRecord> newer;
  newer.reserve(page.records.size() + audit.records.size());
  std::transform(page.records.rbegin(), page.records.rend(), std::back_inserter(newer), read_record);
  std::move(audit.records.begin(), audit.records.end(), std::back_inserter(newer));
  audit.records = std::move(newer);
}

void forget_hidden_selection(AuditState& audit) {
  const bool there = std::any_of(audit.records.begin(), audit.records.end(),
                                 [&](const LogRecord& record) { return audit.selected == record.idx; });
  if (!there) audit.selected.reset();
}

}  // namespace

std::span<const std::string> when_choices() {
  return kWhen;
}
std::span<const std::string> what_choices() {
  return kWhat;
}
std::span<const std::string> outcome_choices() {
  return kOutcome;
}

void load_records(Turn& turn) {
  auto& audit = turn.state.audit;
  auto params = params_of(turn.state);
  audit.filter_error = params ? "" : params.error().message;
  if (!params) return;
  audit.asked = std::move(*params);
  if (audit.oldest_first) return ask(turn, kSecond, {});
  ask(turn, {}, {});
}

void turn_audit_round(Turn& turn) {
  auto& audit = turn.state.audit;
  audit.oldest_first = !audit.oldest_first;
  audit.records.clear();
  audit.more = audit.loading = false;
  load_records(turn);
}

void load_newer_records(Turn& turn) {
  auto& audit = turn.state.audit;
  if (audit.records.empty() || !audit.error.empty()) return load_records(turn);
  // With the oldest first, what is new stands behind the last page.
  if (audit.oldest_first) {
    if (!audit.more) ask(turn, {}, audit.records.back().idx);
    return;
  }
  ask(turn, {}, audit.records.front().idx);
}

void fold(Turn& turn, const FilterAudit& action) {
  turn.state.audit.filter = action.filter;
  load_records(turn);
}

void fold(Turn& turn, const LoadMoreAudit&) {
  auto& audit = turn.state.audit;
  if (!audit.more || audit.loading || audit.records.empty()) return;
  const AuditIndex last = audit.records.back().idx;
  if (audit.oldest_first) return ask(turn, {}, last);
  ask(turn, last, {});
}

void fold(Turn& turn, const RefreshAudit&) {
  if (!turn.state.audit.loading) load_newer_records(turn);
}

void tail_when_due(Turn& turn) {
  State& state = turn.state;
  auto& audit = state.audit;
  if (!audit.tail_due || *audit.tail_due > state.now) return;
  audit.tail_due.reset();
  if (state.page != Page::audit || !audit.live || !audit.loaded || !audit.filter.to_day.empty()) return;
  audit.tailed_at = state.now;
  if (!audit.loading) load_newer_records(turn);
}

void fold(Turn& turn, const FollowAudit& action) {
  turn.state.audit.live = action.on;
  if (action.on && !turn.state.audit.loading) load_newer_records(turn);
}

void fold(Turn& turn, const protocol::AuditCheckpointSigned&) {
  State& state = turn.state;
  if (state.page != Page::audit) return;
  state.witness.watch.compare_soon();
  state.audit.tail_due = std::max(state.now, state.audit.tailed_at + kTailPause);
}

void fold(Turn& turn, const OpenPerson& action) {
  State& state = turn.state;
  if (!may_open(state, Page::people)) return;
  state.page = Page::people;
  PeopleFilter filter;
  filter.query = action.name;
  state.people.filter = filter;
  load_people(turn);
  fold(turn, SelectPerson{action.person});
}

void fold(Turn& turn, const OpenRoom& action) {
  State& state = turn.state;
  if (!may_open(state, Page::rooms)) return;
  state.page = Page::rooms;
  const auto name = state.rooms.names.find(action.room);
  state.rooms.query = name == state.rooms.names.end() ? "" : name->second;
  load_rooms(turn);
  fold(turn, SelectRoom{action.room});
}

void fold(Turn& turn, const SelectRecord& action) {
  turn.state.audit.selected = action.index;
}

void fold(Turn& turn, const Answer<protocol::AuditQuery>& answer) {
  auto& audit = turn.state.audit;
  const Question& asked = answer.params;
  // The filter has changed since, or that page is there already.
  if (!same_question(asked, audit.asked)) return;
  const bool first = audit.oldest_first ? asked.before.has_value() : !asked.before && !asked.after;
  if (!is_next_page(audit, asked, first)) return;
  audit.loading = false;
  if (!answer.result) {
    if (!turn.state.online()) return;
    if (!first && !(audit.oldest_first && *asked.after == kFirst))
      return show_toast(turn, answer.result.error().message);
    audit.error = answer.result.error().message;
    audit.records.clear();
    return;
  }
  audit.error.clear();
  audit.loaded = true;
  audit.size = answer.result->size;
  if (first || asked.before || audit.oldest_first) {
    append_page(audit, *answer.result, first);
    if (first && audit.oldest_first) return ask(turn, {}, kFirst);
    return forget_hidden_selection(audit);
  }
  // So much is new that the page in between would be a gap.
  if (answer.result->more) return load_records(turn);
  prepend_newer(audit, *answer.result);
}

}  // namespace wardroom::admin
