#include "client/model/message_acts.hpp"

#include "client/model/people.hpp"
#include "client/model/reasons.hpp"

namespace wardroom::client {

void fold(Turn& turn, const React& action) {
  if (!turn.call<protocol::MessageReact>({action.room, action.seq, action.emoji, action.on}))
    show_toast(turn, offline_text());
}

void fold(Turn& turn, const DeleteOwn& action) {
  if (!turn.call<protocol::MessageDelete>({action.room, action.seq, {}})) show_toast(turn, offline_text());
}

void fold(Turn& turn, const RestoreOwn& action) {
  if (!turn.call<protocol::MessageRestore>({action.room, action.seq, {}})) show_toast(turn, offline_text());
}

void fold(Turn& turn, const ShowVersions& action) {
  State& state = turn.state;
  state.dialog = Dialog::versions;
  state.versions = {action.room, action.seq, {}, {}};
  state.versions.form.busy = turn.call<protocol::MessageVersions>({action.room, action.seq});
  if (!state.online()) state.versions.form.error = offline_text();
}

void fold(Turn& turn, const Answer<protocol::MessageReact>& answer) {
  if (!answer.result) show_toast(turn, answer.result.error().message);
}

void fold(Turn& turn, const Answer<protocol::MessageVersions>& answer) {
  auto& shown = turn.state.versions;
  if (shown.room != answer.params.room || shown.seq != answer.params.seq) return;
  shown.form = {};
  if (!answer.result) {
    shown.form.error = answer.result.error().message;
    return;
  }
  learn_people(turn, answer.result->users);
  shown.versions = answer.result->versions;
}

}  // namespace wardroom::client
