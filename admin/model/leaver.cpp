#include "admin/model/leaver.hpp"

#include <algorithm>

#include "admin/model/people.hpp"
#include "admin/model/person_sessions.hpp"

namespace wardroom::admin {
namespace {

constexpr std::int64_t kCandidates = 5;

// The server asks for a reason even then, and keeps none.
void count_what_happens(Turn& turn) {
  auto& leaver = turn.state.people.leaver;
  leaver.preview.reset();
  turn.call<protocol::AdminUserOffboard>({leaver.person, leaver.successor, "to see what would happen", true});
}

void find_successors(Turn& turn) {
  auto& leaver = turn.state.people.leaver;
  leaver.search_due.reset();
  leaver.found.clear();
  if (leaver.query.empty()) return;
  turn.call<protocol::UserList>({leaver.query, {}, kCandidates + 1}, FindingSuccessors{});
}

}  // namespace

void begin_leaver(Turn& turn, UserId person) {
  auto& people = turn.state.people;
  people.leaver = {};
  people.leaver.person = person;
  if (turn.state.online()) return count_what_happens(turn);
  people.dialog_error = "There is no connection to the server now.";
}

void find_successors_when_due(Turn& turn) {
  const auto& due = turn.state.people.leaver.search_due;
  if (due && *due <= turn.state.now) find_successors(turn);
}

void fold(Turn& turn, const FindSuccessor& action) {
  auto& leaver = turn.state.people.leaver;
  leaver.query = action.query;
  leaver.search_due = turn.state.now + kTypingPause;
}

void fold(Turn& turn, const ChooseSuccessor& action) {
  auto& leaver = turn.state.people.leaver;
  leaver.successor.reset();
  leaver.successor_name.clear();
  for (const auto& user : leaver.found) {
    if (user.id != action.person) continue;
    leaver.successor = user.id;
    leaver.successor_name = user.display_name;
  }
  leaver.found.clear();
  leaver.query.clear();
  count_what_happens(turn);
}

void fold(Turn& turn, const SayGoodbye& action) {
  const auto& leaver = turn.state.people.leaver;
  if (!begin_change(turn)) return;
  turn.call<protocol::AdminUserOffboard>({leaver.person, leaver.successor, action.reason, {}});
}

void fold(Turn& turn, const Answer<protocol::AdminUserOffboard>& answer) {
  auto& people = turn.state.people;
  const bool dry = answer.params.dry_run.value_or(false);
  const bool shown = people.dialog == PeopleDialog::leaver && people.leaver.person == answer.params.user;
  if (dry) {
    if (!shown || answer.params.successor != people.leaver.successor) return;
    if (!answer.result) return refuse_change(turn, answer.result.error());
    people.leaver.preview = *answer.result;
    if (!answer.params.successor)
      people.leaver.rooms_need_successor = !answer.result->rooms_handed_over.empty();
    return;
  }
  if (!answer.result) return refuse_change(turn, answer.result.error());
  people.busy = false;
  if (shown) close_people_dialog(people);
  show_toast(turn, "The account is shut, and its rooms are handed over.", false);
  load_people(turn);
  load_person_sessions(turn);
}

void fold(Turn& turn, const Answer<protocol::UserList, FindingSuccessors>& answer) {
  auto& leaver = turn.state.people.leaver;
  if (!answer.result || answer.params.query != leaver.query) return;
  leaver.found.clear();
  for (const auto& user : answer.result->users) {
    const bool fits = user.id != leaver.person && user.role != protocol::Role::guest;
    if (fits && leaver.found.size() < kCandidates) leaver.found.push_back(user);
  }
}

}  // namespace wardroom::admin
