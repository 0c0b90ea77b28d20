#include "admin/model/person_sessions.hpp"

namespace wardroom::admin {
namespace {

constexpr std::int64_t kShown = 20;

}  // namespace

void load_person_sessions(Turn& turn) {
  auto& people = turn.state.people;
  people.sessions = {};
  if (!people.selected.is_set()) return;
  turn.call<protocol::ModerationSanctions>({}, ForPerson{});
  turn.call<protocol::AdminSessionList>({people.selected, {}, kShown}, ForPerson{});
}

// The server lists those of the whole office.
void fold(Turn& turn, const Answer<protocol::ModerationSanctions, ForPerson>& answer) {
  auto& people = turn.state.people;
  people.sessions.sanctions.clear();
  people.sessions.sanctions_error = answer.result ? "" : answer.result.error().message;
  if (!answer.result) return;
  for (const auto& sanction : answer.result->sanctions)
    if (sanction.user.id == people.selected) people.sessions.sanctions.push_back(sanction);
}

void fold(Turn& turn, const Answer<protocol::AdminSessionList, ForPerson>& answer) {
  auto& people = turn.state.people;
  if (answer.params.user != people.selected) return;
  people.sessions.loaded = answer.result.has_value();
  if (!answer.result) {
    people.sessions.error = answer.result.error().message;
    return;
  }
  people.sessions.list = answer.result->sessions;
  people.sessions.more = answer.result->more;
  people.sessions.error.clear();
}

}  // namespace wardroom::admin
