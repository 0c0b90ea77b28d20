#include "admin/model/evidence.hpp"

#include "admin/model/named.hpp"
#include "admin/model/words.hpp"

namespace wardroom::admin {
namespace {

void refuse(EvidenceState& evidence, std::string why) {
  evidence.props.busy = false;
  evidence.props.progress.clear();
  evidence.props.error = std::move(why);
}

// The room and the days of the form; an error says which can't be understood.
Result<protocol::AuditExport::Params> scope_of(const State& state, const EvidenceForm& form) {
  protocol::AuditExport::Params scope;
  scope.reason = form.reason;
  if (form.files) scope.files = true;
  if (!form.room.empty()) {
    scope.room = find_room_named(state, form.room);
    if (!scope.room) return not_found("No room of this name is known here. Its number works, too.");
  }
  const auto period = parse_period(form.from_day, form.to_day, state.zone);
  if (!period) return period.error();
  scope.since = period->since;
  scope.until = period->until;
  return scope;
}

void make(Turn& turn, std::optional<UserId> person) {
  auto& evidence = turn.state.evidence;
  auto scope = scope_of(turn.state, evidence.form);
  if (!scope) return refuse(evidence, scope.error().message);
  if (!turn.state.online()) return refuse(evidence, "There is no connection to the server now.");
  scope->user = person;
  evidence.props.progress = "Asking the server…";
  turn.effect(MakeEvidence{std::move(*scope), evidence.form.target});
}

}  // namespace

void fold(Turn& turn, const AskForEvidence& action) {
  State& state = turn.state;
  if (state.evidence.props.busy) return;
  state.evidence = {};
  state.evidence.props.serial = state.next_serial++;
  state.evidence.props.form.person = action.person;
}

void fold(Turn& turn, const TakeEvidence& action) {
  auto& evidence = turn.state.evidence;
  if (evidence.props.busy) return;
  evidence.form = action.form;
  evidence.props.error.clear();
  evidence.props.busy = true;
  evidence.props.part = 0;
  evidence.finding = sign_in_name(action.form.person);
  if (evidence.finding.empty()) return make(turn, {});
  if (!turn.call<protocol::UserList>(look_up(evidence.finding), FindingSubject{}))
    refuse(evidence, "There is no connection to the server now.");
}

void fold(Turn& turn, const Answer<protocol::UserList, FindingSubject>& answer) {
  auto& evidence = turn.state.evidence;
  if (!evidence.props.busy || answer.params.query != evidence.finding) return;
  if (const auto next = look_on(answer.params, answer.result))
    if (turn.call<protocol::UserList>(*next, FindingSubject{})) return;
  const auto person = find_person_named(answer.params, answer.result);
  if (!person) return refuse(evidence, person.error().message);
  make(turn, person->id);
}

void fold(Turn& turn, const CloseEvidence&) {
  if (turn.state.evidence.props.busy) turn.effect(StopEvidence{});
  turn.state.evidence = {};
}

void fold(Turn& turn, const EvidenceProgress& event) {
  auto& props = turn.state.evidence.props;
  if (!props.busy) return;
  props.part = event.total > 0 ? static_cast<float>(event.done) / static_cast<float>(event.total) : 0;
  props.progress = grouped(event.done) + " of " + counted(event.total, "record");
}

void fold(Turn& turn, const EvidenceMade& event) {
  auto& evidence = turn.state.evidence;
  if (!evidence.props.busy) return;
  if (!event.bundle) return refuse(evidence, event.bundle.error().message);
  evidence.props.busy = false;
  evidence.props.progress.clear();
  evidence.props.saved = event.bundle->path;
  evidence.props.summary = event.bundle->summary;
  evidence.props.holds = event.bundle->holds;
}

}  // namespace wardroom::admin
