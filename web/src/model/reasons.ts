import { noteTaken } from './moderation.ts';
import { personName } from './names.ts';
import type { ReasonedAct } from './state.ts';
import { idle } from './state.ts';
import type { Answer, Purpose, Turn } from './turn.ts';
import { kOffline, showToast } from './turn.ts';

// Acts that want a reason.
export interface Reasoned {
  act: ReasonedAct;
  room: number;
  seq: number; // of the message, where there is one
  user: number; // against whom, where there is somebody
  reason: string;
  seconds: number; // 0: without end
  report?: number; // that it is about: then also in a room that the person isn't in
}

export const kSanctionLengths = [600, 3_600, 86_400, 604_800, 0];
export const kSlowLengths = [5, 30, 120, 600, 3_600, 0];

export function askReason(turn: Turn, what: Reasoned): void {
  if (!turn.state.rooms.has(what.room) && !what.report) return;
  turn.state.dialog = { kind: 'reason', ...what };
  turn.state.form = idle;
}

function send(turn: Turn, { act, room, seq, user, reason, seconds }: Reasoned, purpose: Purpose): boolean {
  const length = seconds > 0 ? { seconds } : {};
  switch (act) {
    case 'delete':
      return turn.call('message.delete', { room, seq, reason }, purpose);
    case 'restore':
      return turn.call('message.restore', { room, seq, reason }, purpose);
    case 'report':
      return turn.call('moderation.report', { room, seq, reason }, purpose);
    case 'mute':
      return turn.call('moderation.mute', { room, user, ...length, reason }, purpose);
    case 'kick':
      return turn.call('moderation.kick', { room, user, reason }, purpose);
    case 'ban':
      return turn.call('moderation.ban', { room, user, ...length, reason }, purpose);
    case 'lock':
    case 'unlock':
      return turn.call('room.lock', { room, on: act === 'lock', reason }, purpose);
    case 'archive':
    case 'unarchive':
      return turn.call('room.archive', { room, on: act === 'archive', reason }, purpose);
    case 'slow_mode':
      return turn.call('room.slow_mode', { room, seconds, reason }, purpose);
  }
}

export function takeAction(turn: Turn, what: Reasoned, purpose: Purpose): boolean {
  const sent = send(turn, what, purpose);
  if (!sent) showToast(turn, kOffline);
  return sent;
}

// From the dialog.
export function giveReason(turn: Turn, reason: string, seconds: number): void {
  const { state } = turn;
  if (state.dialog.kind !== 'reason' || state.form.busy) return;
  const sent = send(turn, { ...state.dialog, reason: reason.trim(), seconds }, { why: 'form' });
  state.form = { busy: sent, error: sent ? '' : kOffline, saved: '' };
}

function doneWords(turn: Turn, answer: Answer): string {
  if (answer.method === 'moderation.report') return 'Thank you. The moderators see the message as it is now.';
  if (answer.method === 'moderation.mute') return `${personName(turn.state, answer.params.user)} is muted.`;
  if (answer.method === 'moderation.unmute') return `${personName(turn.state, answer.params.user)} can post again.`;
  if (answer.method === 'moderation.ban') return `${personName(turn.state, answer.params.user)} is banned from here.`;
  if (answer.method === 'moderation.unban') return `${personName(turn.state, answer.params.user)} can join again.`;
  return '';
}

// The dialog is answered, or, when it isn't open, the person is told beside it.
export function foldReasoned(turn: Turn, answer: Answer): void {
  const { state } = turn;
  const open = answer.purpose?.why === 'form' && state.dialog.kind === 'reason' && state.form.busy;
  if (answer.error) {
    if (!open) return showToast(turn, answer.error.message);
    state.form = { busy: false, error: answer.error.message, saved: '' };
    return;
  }
  if (open && state.dialog.kind === 'reason') {
    const { act, report } = state.dialog;
    state.dialog = { kind: 'none' };
    state.form = idle;
    if (report) noteTaken(turn, report, act);
  }
  const words = doneWords(turn, answer);
  if (words) showToast(turn, words, false);
}
