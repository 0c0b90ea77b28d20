#include "admin/model/bulk.hpp"

#include <algorithm>
#include <array>

#include "admin/model/people.hpp"
#include "admin/model/person_sessions.hpp"
#include "admin/model/words.hpp"

namespace wardroom::admin {
namespace {

using RowState = BulkRow::State;

constexpr std::array<protocol::Role, 5> kRoles{protocol::Role::member, protocol::Role::moderator,
                                               protocol::Role::auditor, protocol::Role::admin,
                                               protocol::Role::guest};
const std::vector<std::string> kRoleWords{"member", "moderator", "auditor", "administrator", "guest"};

bool is_own(const State& state, UserId person) {
  return state.me && state.me->id == person;
}

std::string people_words(std::int64_t count) {
  return count == 1 ? "1 person" : grouped(count) + " people";
}

bool ask_for(Turn& turn, const BulkState& bulk, UserId person) {
  switch (*bulk.act) {
    case BulkAct::lock:
      return turn.call<protocol::AdminUserDisable>({person, bulk.reason}, ForSelected{});
    case BulkAct::sign_out:
      return turn.call<protocol::AdminSessionRevoke>({{}, person, bulk.reason}, ForSelected{});
    case BulkAct::change_role:
    case BulkAct::ask_password:
      break;
  }
  protocol::AdminUserUpdate::Params params;
  params.user = person;
  if (*bulk.act == BulkAct::change_role)
    params.role = bulk.role;
  else
    params.must_change_password = true;
  return turn.call<protocol::AdminUserUpdate>(std::move(params), ForSelected{});
}

// Who isn't done stays selected, so that something else can be done about them.
void end_run(Turn& turn) {
  auto& people = turn.state.people;
  people.bulk.at.reset();
  for (const auto& person : people.bulk.people)
    if (person.state == RowState::done) people.ticked.erase(person.id);
  load_people(turn);
  load_person_sessions(turn);
}

void go_on(Turn& turn) {
  auto& bulk = turn.state.people.bulk;
  const auto next = std::find_if(bulk.people.begin(), bulk.people.end(),
                                 [](const auto& person) { return person.state == RowState::waiting; });
  if (next == bulk.people.end()) return end_run(turn);
  bulk.at = static_cast<std::size_t>(next - bulk.people.begin());
  if (!ask_for(turn, bulk, next->id)) interrupt_bulk(turn);
}

// Answers come to a run that was closed meanwhile, too.
void take_answer(Turn& turn, UserId person, const Error* error, std::string said) {
  auto& bulk = turn.state.people.bulk;
  if (!bulk.at || bulk.people[*bulk.at].id != person) return;
  if (error && error->code == ErrorCode::rate_limited) {
    bulk.retry_at = turn.state.now + std::max(error->retry_after, std::chrono::milliseconds{100});
    return;
  }
  auto& row = bulk.people[*bulk.at];
  row.state = error ? RowState::failed : RowState::done;
  row.words = error ? error->message : std::move(said);
  if (bulk.stopped)
    end_run(turn);
  else
    go_on(turn);
}

template <class M>
void take_answer(Turn& turn, const Answer<M, ForSelected>& answer, UserId person, std::string said) {
  take_answer(turn, person, answer.result ? nullptr : &answer.result.error(), std::move(said));
}

std::string title_of(const BulkState& bulk) {
  const std::string who = people_words(static_cast<std::int64_t>(bulk.people.size()));
  switch (*bulk.act) {
    case BulkAct::lock:
      return "Disable " + who;
    case BulkAct::sign_out:
      return "Sign out " + who;
    case BulkAct::change_role:
      return "Make " + who + " " + std::string(role_title(bulk.role));
    case BulkAct::ask_password:
      return "Require a new password of " + who;
  }
  return "";
}

std::string progress_of(const BulkState& bulk) {
  const auto count = [&](RowState state) {
    return std::count_if(bulk.people.begin(), bulk.people.end(),
                         [&](const auto& person) { return person.state == state; });
  };
  const std::int64_t all = static_cast<std::int64_t>(bulk.people.size());
  const std::int64_t waiting = count(RowState::waiting);
  if (bulk.at) return grouped(all - waiting) + " of " + grouped(all);
  std::string text = grouped(count(RowState::done)) + " done";
  if (const auto failed = count(RowState::failed); failed > 0) text += ", " + grouped(failed) + " failed";
  if (waiting > 0) text += ", " + grouped(waiting) + " left";
  return text;
}

}  // namespace

std::int64_t others_ticked(const State& state) {
  return std::count_if(state.people.ticked.begin(), state.people.ticked.end(),
                       [&](const auto& one) { return !is_own(state, one.first); });
}

ReasonDialogProps describe_bulk(const State& state, BulkAct act) {
  const std::int64_t count = others_ticked(state);
  const std::string who = people_words(count);
  const bool self = count != static_cast<std::int64_t>(state.people.ticked.size());
  const std::string spared = self ? " Your own account is selected, too, and is left out." : "";
  ReasonDialogProps props;
  switch (act) {
    case BulkAct::lock:
      props.title = "Disable " + who + "?";
      props.consequence =
          "They are signed out everywhere within a second, and can't sign in until they are enabled again. "
          "What was written stays." +
          spared;
      props.example = "the contractors' project ended";
      props.confirm = "Disable " + who;
      break;
    case BulkAct::sign_out:
      props.title = "Sign out " + who + "?";
      props.consequence = "All their sessions end within a second. They can sign in again." + spared;
      props.example = "the PCs of the training room were left signed in";
      props.confirm = "Sign out " + who;
      break;
    case BulkAct::change_role:
      props.title = "Change the role of " + who + "?";
      props.consequence = "It holds at once, wherever they are signed in." + spared;
      props.confirm = "Change " + who;
      props.danger = false;
      props.asks_reason = false;
      props.choice_label = "Role";
      props.choices = kRoleWords;
      break;
    case BulkAct::ask_password:
      props.title = "Require a new password of " + who + "?";
      props.consequence =
          "They choose a new one before they can go on, now where they are signed in, otherwise at the next "
          "sign-in. The old one still signs them in once." +
          spared;
      props.confirm = "Require of " + who;
      props.danger = false;
      props.asks_reason = false;
      break;
  }
  return props;
}

bool begin_bulk(Turn& turn, BulkAct act, const std::string& reason, std::size_t choice) {
  State& state = turn.state;
  if (!state.online()) return false;
  BulkState bulk;
  bulk.act = act;
  bulk.reason = reason;
  bulk.role = kRoles[std::min(choice, kRoles.size() - 1)];
  for (const auto& [id, name] : state.people.ticked)
    if (!is_own(state, id)) bulk.people.push_back({id, name, RowState::waiting, ""});
  if (bulk.people.empty()) return true;
  state.people.bulk = std::move(bulk);
  go_on(turn);
  return true;
}

void resume_bulk_when_due(Turn& turn) {
  auto& bulk = turn.state.people.bulk;
  if (!bulk.retry_at || *bulk.retry_at > turn.state.now) return;
  bulk.retry_at.reset();
  if (bulk.at) go_on(turn);
}

void interrupt_bulk(Turn& turn) {
  auto& bulk = turn.state.people.bulk;
  if (!bulk.at) return;
  if (!bulk.retry_at) {
    auto& row = bulk.people[*bulk.at];
    row.state = RowState::failed;
    row.words = "The connection was lost before the server answered: it may be done or not.";
  }
  bulk.retry_at.reset();
  bulk.at.reset();
  for (const auto& person : bulk.people)
    if (person.state == RowState::done) turn.state.people.ticked.erase(person.id);
}

BulkProps select_bulk(const BulkState& bulk) {
  BulkProps props;
  if (!bulk.act) return props;
  props.title = title_of(bulk);
  props.progress = progress_of(bulk);
  props.running = bulk.at.has_value();
  for (const auto& person : bulk.people) {
    props.rows.push_back({person.id, person.name, person.state, person.words});
    props.can_retry = props.can_retry || (!props.running && person.state != RowState::done);
  }
  return props;
}

std::string ticked_text(const PeopleState& people) {
  const auto all = static_cast<std::int64_t>(people.ticked.size());
  const std::int64_t here = std::count_if(people.rows.begin(), people.rows.end(), [&](const auto& account) {
    return people.ticked.contains(account.id);
  });
  std::string text = people_words(all) + " selected";
  if (here < all) text += ", " + grouped(all - here) + " of them not in this list";
  return text;
}

void fold(Turn& turn, const CloseBulk&) {
  auto& bulk = turn.state.people.bulk;
  if (!bulk.at) {
    bulk = {};
    return;
  }
  // Who is being asked for can't be called back; the others are left, and said to be.
  if (bulk.retry_at) return interrupt_bulk(turn);
  bulk.stopped = true;
}

void fold(Turn& turn, const RetryBulk&) {
  auto& bulk = turn.state.people.bulk;
  if (!bulk.act || bulk.at || !turn.state.online()) return;
  bulk.stopped = false;
  for (auto& person : bulk.people)
    if (person.state == RowState::failed) person = {person.id, person.name, RowState::waiting, ""};
  go_on(turn);
}

void fold(Turn& turn, const Answer<protocol::AdminUserDisable, ForSelected>& answer) {
  take_answer(turn, answer, answer.params.user, "disabled");
}

void fold(Turn& turn, const Answer<protocol::AdminSessionRevoke, ForSelected>& answer) {
  if (!answer.params.user) return;
  const std::string said = !answer.result ? ""
                           : answer.result->ended == 0
                               ? "was signed in nowhere"
                               : "signed out of " + counted(answer.result->ended, "device");
  take_answer(turn, answer, *answer.params.user, said);
}

void fold(Turn& turn, const Answer<protocol::AdminUserUpdate, ForSelected>& answer) {
  const std::string said = answer.params.role ? "is " + std::string(role_title(*answer.params.role)) + " now"
                                              : "is asked for a new password";
  take_answer(turn, answer, answer.params.user, said);
}

}  // namespace wardroom::admin
