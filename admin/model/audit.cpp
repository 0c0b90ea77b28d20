#include "admin/model/audit.hpp"

#include <algorithm>
#include <array>
#include <ranges>

namespace wardroom::admin {
namespace {

using Params = protocol::AuditQuery::Params;

constexpr std::int64_t kPage = 100;

const std::array<std::string, 5> kWhen{"last hour", "last 24 hours", "last 7 days", "last 30 days", "ever"};
constexpr std::array<std::chrono::hours, 4> kReach{std::chrono::hours{1}, std::chrono::hours{24},
                                                   std::chrono::hours{24 * 7}, std::chrono::hours{24 * 30}};
// Subjects, then the acts that are looked for most.
const std::array<std::string, 20> kWhat{
    "anything",      "auth.*",          "session.*",         "user.*",          "invite.*",
    "room.*",        "message.*",       "messages.*",        "moderation.*",    "access.*",
    "server.*",      "audit.*",         "auth.login.fail",   "auth.totp.*",     "user.created",
    "user.disabled", "user.offboarded", "user.role_changed", "message.deleted", "access.denied"};
const std::array<std::string, 5> kOutcome{"any", "success", "failure", "denied", "error"};

// As the server knows names: lower case, without the sign of a mention.
std::string sign_in_name(std::string text) {
  std::erase(text, ' ');
  if (text.starts_with('@')) text.erase(0, 1);
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

Params params_of(const AuditFilter& filter, TimePoint now) {
  Params params;
  if (filter.when < kReach.size()) params.since = now - kReach[filter.when];
  if (auto name = sign_in_name(filter.who); !name.empty()) params.actor_name = std::move(name);
  if (filter.what > 0 && filter.what < kWhat.size()) params.type = kWhat[filter.what];
  if (filter.outcome > 0 && filter.outcome < kOutcome.size()) params.outcome = kOutcome[filter.outcome];
  if (!filter.words.empty()) params.text = filter.words;
  params.limit = kPage;
  return params;
}

bool same_question(const Params& a, const Params& b) {
  return a.since == b.since && a.actor_name == b.actor_name && a.type == b.type && a.outcome == b.outcome &&
         a.text == b.text;
}

void ask(Turn& turn, std::optional<AuditIndex> before, std::optional<AuditIndex> after) {
  auto& audit = turn.state.audit;
  Params params = audit.asked;
  params.before = before;
  params.after = after;
  if (turn.call<protocol::AuditQuery>(std::move(params))) audit.loading = true;
}

void append_older(AuditState& audit, const protocol::AuditQuery::Result& page, bool first) {
  if (first) audit.records.clear();
  for (const auto& record : page.records) audit.records.push_back(read_record(record));
  audit.more = page.more;
}

void prepend_newer(AuditState& audit, const protocol::AuditQuery::Result& page) {
  std::vector<LogRecord> newer;
  newer.reserve(page.records.size() + audit.records.size());
  for (const auto& record : std::views::reverse(page.records)) newer.push_back(read_record(record));
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
  audit.asked = params_of(audit.filter, turn.state.now);
  ask(turn, {}, {});
}

void load_newer_records(Turn& turn) {
  auto& audit = turn.state.audit;
  if (audit.records.empty() || !audit.error.empty()) return load_records(turn);
  ask(turn, {}, audit.records.front().idx);
}

void fold(Turn& turn, const FilterAudit& action) {
  turn.state.audit.filter = action.filter;
  load_records(turn);
}

void fold(Turn& turn, const LoadMoreAudit&) {
  auto& audit = turn.state.audit;
  if (audit.more && !audit.loading && !audit.records.empty()) ask(turn, audit.records.back().idx, {});
}

void fold(Turn& turn, const RefreshAudit&) {
  if (!turn.state.audit.loading) load_newer_records(turn);
}

void fold(Turn& turn, const SelectRecord& action) {
  turn.state.audit.selected = action.index;
}

void fold(Turn& turn, const Answer<protocol::AuditQuery>& answer) {
  auto& audit = turn.state.audit;
  const Params& asked = answer.params;
  // The filter has changed since, or that page is there already.
  if (!same_question(asked, audit.asked)) return;
  if (asked.before && (audit.records.empty() || audit.records.back().idx != *asked.before)) return;
  if (asked.after && (audit.records.empty() || audit.records.front().idx != *asked.after)) return;
  audit.loading = false;
  if (!answer.result) {
    if (!turn.state.online()) return;
    if (asked.before || asked.after) return show_toast(turn, answer.result.error().message);
    audit.error = answer.result.error().message;
    audit.records.clear();
    return;
  }
  audit.error.clear();
  audit.loaded = true;
  audit.size = answer.result->size;
  if (!asked.after) {
    append_older(audit, *answer.result, !asked.before);
    return forget_hidden_selection(audit);
  }
  // So much is new that the page in between would be a gap.
  if (answer.result->more) return load_records(turn);
  prepend_newer(audit, *answer.result);
}

}  // namespace wardroom::admin
