#include "client/model/account_security.hpp"

#include "client/model/announcement.hpp"
#include "client/model/people.hpp"
#include "client/model/rooms.hpp"

namespace wardroom::client {
namespace {

// Starts the form's wait for its answer.
void wait(Turn& turn, FormState& form, bool sent) {
  form = {sent, sent ? "" : offline_text(), {}};
  ++turn.state.revisions.ui;
}

// False: the error is shown, there is nothing to take.
template <class R>
bool succeeded(Turn& turn, FormState& form, const Result<R>& result) {
  form = {};
  ++turn.state.revisions.ui;
  if (result) return true;
  form.error = result.error().message;
  return false;
}

}  // namespace

void take_duties(Turn& turn, bool must_change_password, bool must_enrol_second_factor) {
  State& state = turn.state;
  const bool was_kept_out = state.must_change_password || state.must_enrol_second_factor;
  state.must_change_password = must_change_password;
  state.must_enrol_second_factor = must_enrol_second_factor;
  if (must_enrol_second_factor) state.enrolling = true;
  if (must_change_password) state.password_form = {};
  ++state.revisions.ui;
  if (!was_kept_out || must_change_password || must_enrol_second_factor) return;
  // The rooms weren't given until now.
  list_rooms(turn);
  load_announcement(turn);
  state.watched.clear();
  state.watch_due = true;
}

void fold(Turn& turn, const LoadDevices&) {
  wait(turn, turn.state.devices_form, turn.call<protocol::SessionList>({}));
}

void fold(Turn& turn, const EndSession& action) {
  wait(turn, turn.state.devices_form, turn.call<protocol::SessionRevoke>({action.session}));
}

void fold(Turn& turn, const LoadSecondFactor&) {
  auto& factor = turn.state.second_factor;
  if (factor.stage == FactorStage::scan || factor.stage == FactorStage::codes) return;
  wait(turn, factor.form, turn.call<protocol::AccountGet>({}));
}

void fold(Turn& turn, const BeginSecondFactor& action) {
  wait(turn, turn.state.second_factor.form, turn.call<protocol::AccountTotpBegin>({action.password}));
}

void fold(Turn& turn, const ConfirmSecondFactor& action) {
  wait(turn, turn.state.second_factor.form, turn.call<protocol::AccountTotpConfirm>({action.code}));
}

void fold(Turn& turn, const RemoveSecondFactor& action) {
  wait(turn, turn.state.second_factor.form,
       turn.call<protocol::AccountTotpRemove>({action.password, action.code}));
}

// What is shown once is gone with it.
void fold(Turn& turn, const FinishSecondFactor&) {
  State& state = turn.state;
  auto& factor = state.second_factor;
  factor.secret = factor.uri = Secret{};
  if (!factor.codes.empty()) factor.codes_left = static_cast<std::int64_t>(factor.codes.size());
  factor.stage = factor.stage == FactorStage::codes ? FactorStage::on : FactorStage::off;
  factor.codes.clear();
  factor.form = {};
  if (!state.must_enrol_second_factor) state.enrolling = false;
  ++state.revisions.ui;
}

void fold(Turn& turn, const Answer<protocol::SessionList>& answer) {
  if (succeeded(turn, turn.state.devices_form, answer.result)) turn.state.devices = answer.result->sessions;
}

void fold(Turn& turn, const Answer<protocol::SessionRevoke>& answer) {
  if (!succeeded(turn, turn.state.devices_form, answer.result)) return;
  fold(turn, LoadDevices{});
}

void fold(Turn& turn, const Answer<protocol::AccountGet>& answer) {
  auto& factor = turn.state.second_factor;
  if (!succeeded(turn, factor.form, answer.result)) return;
  factor.required = answer.result->second_factor_required;
  factor.codes_left = answer.result->recovery_codes_left;
  factor.stage = answer.result->second_factor ? FactorStage::on : FactorStage::off;
}

void fold(Turn& turn, const Answer<protocol::AccountTotpBegin>& answer) {
  auto& factor = turn.state.second_factor;
  if (!succeeded(turn, factor.form, answer.result)) return;
  factor.secret = answer.result->secret;
  factor.uri = answer.result->uri;
  factor.stage = FactorStage::scan;
}

void fold(Turn& turn, const Answer<protocol::AccountTotpConfirm>& answer) {
  State& state = turn.state;
  auto& factor = state.second_factor;
  if (!succeeded(turn, factor.form, answer.result)) return;
  factor.secret = factor.uri = Secret{};
  factor.codes = answer.result->recovery_codes;
  factor.stage = FactorStage::codes;
  take_duties(turn, state.must_change_password, false);
}

void fold(Turn& turn, const Answer<protocol::AccountTotpRemove>& answer) {
  auto& factor = turn.state.second_factor;
  if (!succeeded(turn, factor.form, answer.result)) return;
  factor = {};
  factor.stage = FactorStage::off;
}

void fold(Turn& turn, const protocol::AccountChanged& event) {
  State& state = turn.state;
  state.me = event.user;
  learn_people(turn, {event.user});
  for (auto& [id, room] : state.rooms) room.timeline.touch_all();
  take_duties(turn, event.must_change_password, event.must_enrol_second_factor);
}

}  // namespace wardroom::client
