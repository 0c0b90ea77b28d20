import type { Events } from '../wire/catalogue.ts';
import { takeDuties } from './account.ts';
import { foldDraftChanged } from './draft_sync.ts';
import { foldThreadChanged } from './incoming.ts';
import { tellOfReport } from './moderation.ts';
import { foldTyping, learnPeople, setPresence } from './people.ts';
import { foldMarkerMoved, foldMentionCounted } from './reading.ts';
import { listRooms } from './rooms.ts';
import { endedByServer } from './session_life.ts';
import { foldFollowed } from './threads.ts';
import type { Turn } from './turn.ts';
import { showToast } from './turn.ts';
import type { ServerEvent } from './update.ts';
import { dateTime } from './words.ts';

function sentenceOf(event: Events['moderation.applied'], wall: number): string {
  const where = event.room ? `in #${event.room_name}` : 'in all rooms';
  const until = event.until ? ` until ${dateTime(event.until, wall)}` : '';
  const why = event.reason ? ` Reason: ${event.reason}` : '';
  switch (event.act) {
    case 'muted': return `You were muted ${where}${until}.${why}`;
    case 'unmuted': return `You can post again ${where}.`;
    case 'kicked': return `You were taken out of #${event.room_name}.${why}`;
    case 'banned': return `You were banned from #${event.room_name}${until}.${why}`;
    case 'unbanned': return `You can join #${event.room_name} again.`;
  }
}

function foldApplied(turn: Turn, event: Events['moderation.applied']): void {
  const { state } = turn;
  showToast(turn, sentenceOf(event, state.wall), event.act !== 'unmuted' && event.act !== 'unbanned');
  if (event.act !== 'muted' && event.act !== 'unmuted') return;
  for (const [id, room] of state.rooms) {
    if (event.room && id !== event.room) continue;
    const { muted: _, ...info } = room.info;
    room.info = event.act === 'unmuted' ? info
      : { ...info, muted: { reason: event.reason, ...(event.until && { until: event.until }) } };
  }
  // A mute of the room and one everywhere can hold at once: the list knows which is left.
  listRooms(turn);
}

// Events that have no place in a room's order.
export function foldPersonal(turn: Turn, event: ServerEvent): void {
  const { state } = turn;
  switch (event.method) {
    case 'room.created': return listRooms(turn);
    case 'marker.moved': return foldMarkerMoved(turn, event.params);
    case 'thread.changed': return foldThreadChanged(turn, event.params);
    case 'thread.followed': return foldFollowed(turn, event.params);
    case 'draft.changed': return foldDraftChanged(turn, event.params);
    case 'mention.counted': return foldMentionCounted(turn, event.params);
    case 'presence.changed': return setPresence(state, event.params);
    case 'typing': return foldTyping(state, event.params);
    case 'session.revoked': {
      const { reason } = event.params;
      return endedByServer(turn, !reason || reason === 'revoked' ? 'You were signed out.' : reason);
    }
    case 'account.changed':
      state.me = event.params.user;
      learnPeople(turn, [event.params.user]);
      return takeDuties(state, event.params.must_change_password, event.params.must_enrol_second_factor);
    case 'moderation.applied': return foldApplied(turn, event.params);
    case 'report.filed': return tellOfReport(turn);
    case 'report.resolved':
      return showToast(turn, `A moderator looked at what you reported.${event.params.reason ? ` ${event.params.reason}` : ''}`, false);
    case 'audit.checkpoint':
      state.watch.again = true;
      return;
    case 'server.notice': return showToast(turn, event.params.text, false);
    case 'announcement.changed':
      state.announcement = { ...state.announcement, standing: event.params.announcement ?? null, acknowledged: false };
      return;
    case 'announcement.acknowledged':
      if (state.announcement.standing?.id === event.params.announcement) state.announcement = { ...state.announcement, acknowledged: true };
  }
}
