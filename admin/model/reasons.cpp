#include "admin/model/reasons.hpp"

#include <algorithm>

#include "admin/model/bulk.hpp"
#include "admin/model/moderation.hpp"

namespace wardroom::admin {
namespace {

struct Said {
  const std::string& reason;
  std::size_t choice;
};

std::optional<std::int64_t> seconds_of(const Said& said) {
  const auto times = sanction_times();
  const auto& time = times[std::min(said.choice, times.size() - 1)];
  return time ? std::optional(std::int64_t{time->count()}) : std::nullopt;
}

bool send(Turn& turn, const DisablePerson& m, const Said& said) {
  return turn.call<protocol::AdminUserDisable>({m.person, said.reason});
}
bool send(Turn& turn, const ResetPassword& m, const Said& said) {
  return turn.call<protocol::AdminUserResetPassword>({m.person, said.reason});
}
bool send(Turn& turn, const RemoveSecondFactor& m, const Said& said) {
  return turn.call<protocol::AdminUserRemoveTotp>({m.person, said.reason});
}
bool send(Turn& turn, const EndSession& m, const Said& said) {
  return turn.call<protocol::AdminSessionRevoke>({m.session, {}, said.reason});
}
bool send(Turn& turn, const EndAllSessions& m, const Said& said) {
  return turn.call<protocol::AdminSessionRevoke>({{}, m.person, said.reason});
}
bool send(Turn& turn, const ActOnSelected& m, const Said& said) {
  return begin_bulk(turn, m.act, said.reason, said.choice);
}
bool send(Turn& turn, const DeleteMessage& m, const Said& said) {
  const auto* report = find_report(turn.state, m.report);
  return report && turn.call<protocol::MessageDelete>({report->room, report->seq, said.reason});
}
bool send(Turn& turn, const MutePerson& m, const Said& said) {
  const auto* report = find_report(turn.state, m.report);
  return report && turn.call<protocol::ModerationMute>(
                       {report->room, report->evidence.message.author, seconds_of(said), said.reason});
}
bool send(Turn& turn, const KickPerson& m, const Said& said) {
  const auto* report = find_report(turn.state, m.report);
  return report &&
         turn.call<protocol::ModerationKick>({report->room, report->evidence.message.author, said.reason});
}
bool send(Turn& turn, const BanPerson& m, const Said& said) {
  const auto* report = find_report(turn.state, m.report);
  return report && turn.call<protocol::ModerationBan>(
                       {report->room, report->evidence.message.author, seconds_of(said), said.reason});
}
bool send(Turn& turn, const ResolveReport& m, const Said& said) {
  const auto all = resolutions();
  return turn.call<protocol::ModerationResolve>(
      {m.report, all[std::min(said.choice, all.size() - 1)], said.reason});
}
bool send(Turn& turn, const ReopenReport& m, const Said& said) {
  return turn.call<protocol::ModerationResolve>({m.report, {}, said.reason});
}
bool send(Turn& turn, const LiftSanction& m, const Said& said) {
  if (!m.is_ban) return turn.call<protocol::ModerationUnmute>({m.room, m.person, said.reason});
  return turn.call<protocol::ModerationUnban>({m.room.value_or(RoomId{}), m.person, said.reason});
}
bool send(Turn& turn, const LockRoom& m, const Said& said) {
  return turn.call<protocol::RoomLock>({m.room, m.on, said.reason});
}
bool send(Turn& turn, const ArchiveRoom& m, const Said& said) {
  return turn.call<protocol::RoomArchive>({m.room, m.on, said.reason});
}
bool send(Turn& turn, const SlowRoom& m, const Said& said) {
  const auto all = slow_modes();
  return turn.call<protocol::RoomSlowMode>({m.room, all[std::min(said.choice, all.size() - 1)], said.reason});
}
bool send(Turn& turn, const LiftHold& m, const Said& said) {
  return turn.call<protocol::AdminHoldLift>({m.hold, said.reason});
}
bool send(Turn& turn, const PruneAudit& m, const Said& said) {
  return turn.call<protocol::AdminAuditPrune>({m.before, said.reason, {}});
}
bool send(Turn& turn, const UndoImport& m, const Said& said) {
  return turn.call<protocol::AdminUserImportUndo>({m.import, said.reason});
}

}  // namespace

void fold(Turn& turn, const AskReason& action) {
  State& state = turn.state;
  if (state.reason_dialog.props.busy) return;
  if (std::holds_alternative<ActOnSelected>(action.act) && others_ticked(state) == 0)
    return show_toast(turn, "Only your own account is selected. Select the people this is about.");
  state.reason_dialog = {action.act, describe_action(state, action.act)};
  state.reason_dialog.props.serial = state.next_serial++;
}

void fold(Turn& turn, const GiveReason& action) {
  auto& dialog = turn.state.reason_dialog;
  if (!dialog.act || dialog.props.busy) return;
  dialog.props.error.clear();
  const Said said{action.reason, action.choice};
  dialog.props.busy = std::visit([&](const auto& one) { return send(turn, one, said); }, *dialog.act);
  if (!dialog.props.busy)
    dialog.props.error = "There is no connection to the server now. Nothing was changed.";
  else if (std::holds_alternative<ActOnSelected>(*dialog.act))
    dialog = {};  // a dialog of its own says what comes of it
}

// What is on its way can't be called back; its answer is waited for.
void fold(Turn& turn, const CancelReason&) {
  if (!turn.state.reason_dialog.props.busy) turn.state.reason_dialog = {};
}

}  // namespace wardroom::admin
