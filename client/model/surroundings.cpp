#include "client/model/surroundings.hpp"

#include <algorithm>
#include <utility>

#include "client/model/attention.hpp"
#include "client/model/people.hpp"
#include "client/model/settings.hpp"
#include "common/desk/model/words.hpp"
#include "common/language/tr.hpp"

namespace wardroom::client {
namespace {

constexpr std::chrono::minutes kAwayAfter{10};

struct Waiting {
  std::int64_t for_person = 0;  // mentions, and what was written to them alone
  std::int64_t unread = 0;
};

Waiting count_waiting(const State& state) {
  Waiting waiting;
  for (const auto& [id, room] : state.rooms) {
    if (is_silenced(state, room)) continue;
    const std::int64_t unread = unread_of(room);
    waiting.unread += unread;
    waiting.for_person +=
        room.info.kind == protocol::RoomKind::direct ? unread : std::max<std::int64_t>(0, room.info.mentions);
  }
  waiting.for_person += state.threads.unread;
  return waiting;
}

TrayProps select_tray(const State& state) {
  TrayProps tray;
  tray.shown = state.settings.attention.tray;
  tray.do_not_disturb = state.settings.do_not_disturb;
  if (!state.signed_in()) {
    tray.tip = tr("Not signed in");
    return tray;
  }
  const Waiting waiting = count_waiting(state);
  tray.count = static_cast<std::uint32_t>(std::min<std::int64_t>(waiting.for_person, 1'000'000));
  if (waiting.for_person > 0) tray.tip = tr("{0} for you", desk::grouped(waiting.for_person));
  if (waiting.unread > 0)
    tray.tip += (tray.tip.empty() ? "" : ", ") + tr("{0} unread", desk::grouped(waiting.unread));
  if (tray.tip.empty()) tray.tip = tr("Nothing new");
  return tray;
}

void note_away(Turn& turn, bool away) {
  auto& noted = turn.state.settings.away_by_itself;
  if (std::exchange(noted, away) != away) save_settings(turn);
}

void come_back(Turn& turn) {
  if (!turn.state.settings.away_by_itself) return;
  note_away(turn, false);
  change_own_presence(turn, protocol::Presence::online);
}

bool goes_away(const State& state) {
  return state.signed_in() && state.settings.attention.away_when_idle;
}

}  // namespace

bool closes_to_tray(const State& state) {
  const auto& choices = state.settings.attention;
  return choices.tray && choices.closes_to_tray && state.attention.support.tray;
}

void tell_tray(Turn& turn) {
  State& state = turn.state;
  if (!state.profile_loaded) return;
  const std::uint64_t basis = state.revisions.rooms + state.revisions.ui;
  if (basis == state.attention.tray_basis) return;
  state.attention.tray_basis = basis;
  TrayProps tray = select_tray(state);
  if (state.attention.tray == tray) return;
  state.attention.tray = tray;
  turn.effect(ShowTray{std::move(tray)});
}

void watch_idle(Turn& turn) {
  State& state = turn.state;
  const bool wanted = goes_away(state);
  if (wanted != state.attention.idle_watched) {
    state.attention.idle_watched = wanted;
    state.attention.idle = false;
    turn.effect(WatchIdle{wanted ? kAwayAfter : std::chrono::minutes{0}});
  }
  const bool away = state.own_presence == protocol::Presence::away;
  if (!state.attention.idle) {
    // Also what an earlier run said, which ended while nobody was there: once it is known that it still
    // holds, and with which words.
    if (state.online() && away) come_back(turn);
    return;
  }
  // Who says that they're busy, or away, is left alone.
  if (state.settings.away_by_itself || state.own_presence != protocol::Presence::online) return;
  if (state.now < state.attention.elsewhere_at + kAwayAfter) return;
  note_away(turn, true);
  change_own_presence(turn, protocol::Presence::away);
}

std::optional<TimePoint> next_idle(const State& state) {
  if (!state.attention.idle || state.settings.away_by_itself) return std::nullopt;
  if (state.own_presence != protocol::Presence::online) return std::nullopt;
  return std::max(state.now, state.attention.elsewhere_at + kAwayAfter);
}

void note_elsewhere(Turn& turn) {
  turn.state.attention.elsewhere_at = turn.state.now;
  if (turn.state.attention.idle) come_back(turn);
}

void take_own_presence(Turn& turn, protocol::Presence presence) {
  // "Online" may be older than what was said here because nobody is there.
  const bool chosen = presence == protocol::Presence::busy ||
                      (presence == protocol::Presence::online && !turn.state.attention.idle);
  if (chosen) note_away(turn, false);
}

void choose_presence(Turn& turn) {
  note_away(turn, false);
}

void fold(Turn& turn, const AttentionFound& event) {
  turn.state.attention.support = event.support;
  // Whoever can't be asked about any more is taken to be here.
  if (!event.support.idle) turn.state.attention.idle = false;
}

void fold(Turn& turn, const TrayPressed& event) {
  switch (event.act) {
    case TrayPressed::Act::open:
      return turn.effect(AskWindow{AskWindow::Act::raise});
    case TrayPressed::Act::quit:
      return turn.effect(AskWindow{AskWindow::Act::close});
    case TrayPressed::Act::do_not_disturb:
      return fold(turn, SetDoNotDisturb{!turn.state.settings.do_not_disturb});
  }
}

void fold(Turn& turn, const IdleChanged& event) {
  turn.state.attention.idle = event.idle && goes_away(turn.state);
}

void fold(Turn& turn, const AutostartKnown& event) {
  auto& attention = turn.state.attention;
  attention.may_autostart = event.able;
  attention.autostart = event.on;
  attention.autostart_error = event.error;
  const auto& decided = turn.state.policy.autostart;
  if (!decided || !event.able || event.on == decided->value || attention.autostart_followed) return;
  // Once: where something else holds against it, asking again and again helps nobody.
  attention.autostart_followed = true;
  turn.effect(ChangeAutostart{decided->value});
}

void fold(Turn& turn, const SetAutostart& action) {
  if (const auto& decided = turn.state.policy.autostart)
    return show_toast(
        turn, tr("Whether Wardroom starts with this PC can't be changed. {0}", desk::set_by(decided->who)));
  // As it is on the disk is told when it is done.
  turn.effect(ChangeAutostart{action.on});
}

}  // namespace wardroom::client
