#include "client/model/announcement.hpp"

namespace wardroom::client {
namespace {

void put_announcement(State& state, const std::optional<protocol::Announcement>& announcement,
                      bool acknowledged) {
  auto& own = state.announcement;
  own.standing = announcement;
  own.acknowledged = acknowledged;
  own.busy = false;
}

void note_acknowledged(State& state, AuditIndex announcement) {
  auto& own = state.announcement;
  if (own.standing && own.standing->id == announcement) own.acknowledged = true;
}

}  // namespace

void load_announcement(Turn& turn) {
  turn.call<protocol::AnnouncementGet>({});
}

void drop_ended_announcement(Turn& turn) {
  State& state = turn.state;
  if (!state.announcement.standing || state.wall < state.announcement.standing->until) return;
  state.announcement.standing.reset();
  ++state.revisions.ui;
}

std::optional<TimePoint> announcement_end(const State& state) {
  if (!state.announcement.standing) return std::nullopt;
  return state.announcement.standing->until;
}

const protocol::Announcement* shown_announcement(const State& state) {
  const auto& own = state.announcement;
  if (!own.standing || own.acknowledged || own.closed == own.standing->id) return nullptr;
  return &*own.standing;
}

void fold(Turn& turn, const AcknowledgeAnnouncement&) {
  auto& own = turn.state.announcement;
  if (!own.standing || own.busy) return;
  own.busy = turn.call<protocol::AnnouncementAcknowledge>({own.standing->id});
  if (!own.busy) show_toast(turn, offline_text());
}

void fold(Turn& turn, const CloseAnnouncement&) {
  auto& own = turn.state.announcement;
  if (own.standing && !own.standing->must_acknowledge) own.closed = own.standing->id;
}

void fold(Turn& turn, const Answer<protocol::AnnouncementGet>& answer) {
  // A server of an earlier version announces nothing.
  if (answer.result) put_announcement(turn.state, answer.result->announcement, answer.result->acknowledged);
}

void fold(Turn& turn, const Answer<protocol::AnnouncementAcknowledge>& answer) {
  turn.state.announcement.busy = false;
  if (answer.result || answer.result.error().reason == "announcement_over")
    return note_acknowledged(turn.state, answer.params.announcement);
  if (turn.state.online()) show_toast(turn, answer.result.error().message);
}

void fold(Turn& turn, const protocol::AnnouncementChanged& event) {
  put_announcement(turn.state, event.announcement, false);
}

void fold(Turn& turn, const protocol::AnnouncementAcknowledged& event) {
  note_acknowledged(turn.state, event.announcement);
}

}  // namespace wardroom::client
