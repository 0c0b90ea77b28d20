import type { Failure } from '../wire/failure.ts';
import { kInternal, kRateLimited, kUnauthenticated, kUnavailable } from '../wire/failure.ts';
import { takeIntoDraft } from './composer.ts';
import { countMessages, takeMessages } from './incoming.ts';
import { markRead, storeRoom } from './reading.ts';
import type { OutboxEntry, OutboxRow, RoomState, State } from './state.ts';
import { isOnline } from './state.ts';
import { openThread, takeIntoThreadDraft } from './threads.ts';
import type { AnswerOf, Turn } from './turn.ts';
import { attachedTo, dropUploads, filesReady, uploadAgain } from './uploads.ts';

const kFirstPause = 1_000;
const kLongestPause = 30_000;
const kMostAgain = 3; // times that the server may say that a file isn't there after all

function findEntry(state: State, clientId: string): OutboxEntry | undefined {
  return state.outbox.find((entry) => entry.row.client_id === clientId);
}

// The network or the server may do better later. Everything else is an answer to this message.
export function mayPass(failure: Failure): boolean {
  if (failure.code === 'slow_mode' && failure.retryAfterMs) return true;
  return [0, kRateLimited, kUnavailable, kInternal, kUnauthenticated].includes(failure.status);
}

export function addToOutbox(turn: Turn, room: RoomState, text: string): void {
  const { state } = turn;
  const files = attachedTo(state, room.info.id).map((entry) => entry.row.id);
  const row: OutboxRow = {
    client_id: state.ids.uuid(state.wall), room: room.info.id, text, at: state.wall,
    ...(room.replyTo && { reply_to: room.replyTo }), ...(files.length && { files }),
  };
  turn.effect({ type: 'save_outbox', row });
  state.outbox = [...state.outbox, { row, stage: 'saving', retryAt: 0, tries: 0 }];
  room.replyTo = 0;
  room.unreadAfter = -1;
  room.markerHeld = false;
}

// A reply in a thread. It takes no files along: those that are attached are the room's.
export function sendReply(turn: Turn, room: RoomState, text: string, thread: number): void {
  const { state } = turn;
  const row: OutboxRow = { client_id: state.ids.uuid(state.wall), room: room.info.id, text, at: state.wall, thread };
  turn.effect({ type: 'save_outbox', row });
  state.outbox = [...state.outbox, { row, stage: 'saving', retryAt: 0, tries: 0 }];
}

export function isWaiting(state: State, clientId: string): boolean {
  return findEntry(state, clientId) !== undefined;
}

// True: it was there, and is no more.
export function settleOutbox(turn: Turn, clientId: string): boolean {
  const { state } = turn;
  const entry = findEntry(state, clientId);
  if (!entry) return false;
  dropUploads(turn, entry.row.files ?? [], false);
  state.outbox = state.outbox.filter((one) => one !== entry);
  return true;
}

// What the person hadn't sent in a room that they are no longer in stays theirs, marked as not sent.
export function keepUnsent(turn: Turn, room: RoomState): boolean {
  const { state } = turn;
  const failure = "You weren't in this room any more.";
  let any = false;
  for (const entry of state.outbox) {
    if (entry.row.room !== room.info.id) continue;
    entry.stage = 'failed';
    entry.row = { ...entry.row, failure };
    turn.effect({ type: 'save_outbox', row: entry.row });
    any = true;
  }
  for (const text of [room.draft, room.editing ? room.keptDraft : '']) {
    const files = attachedTo(state, room.info.id).map((entry) => entry.row.id);
    if (!text.trim() && !files.length) continue;
    const row = { client_id: state.ids.uuid(state.wall), room: room.info.id, text, at: state.wall, failure, ...(files.length && { files }) };
    state.outbox = [...state.outbox, { row, stage: 'failed', retryAt: 0, tries: 0 }];
    turn.effect({ type: 'save_outbox', row });
    any = true;
  }
  for (const [key, draft] of state.threads.drafts) {
    const [id, thread] = key.split('/').map(Number);
    if (id !== room.info.id) continue;
    state.threads.drafts.delete(key);
    for (const text of [draft.text, draft.editing ? draft.edited : '']) {
      if (!text.trim()) continue;
      const row = { client_id: state.ids.uuid(state.wall), room: id, text, at: state.wall, failure, thread: thread! };
      state.outbox = [...state.outbox, { row, stage: 'failed', retryAt: 0, tries: 0 }];
      turn.effect({ type: 'save_outbox', row });
      any = true;
    }
  }
  return any;
}

function fail(turn: Turn, entry: OutboxEntry, failure: string): void {
  entry.stage = 'failed';
  entry.row = { ...entry.row, failure };
  turn.effect({ type: 'save_outbox', row: entry.row });
}

// One at a time in each room, in the order written. Only the tab with the connection sends.
export function sendOutbox(turn: Turn): void {
  const { state } = turn;
  if (!isOnline(state) || !state.sends) return;
  const blocked = new Set<number>();
  for (const entry of state.outbox) {
    if (entry.stage === 'failed' || entry.stage === 'stored' || blocked.has(entry.row.room)) continue;
    // What is written after a message with files doesn't wait for them.
    const files = filesReady(state, entry.row.files ?? []);
    if (files === 'waits') continue;
    if (!Array.isArray(files)) {
      fail(turn, entry, files.failure);
      continue;
    }
    blocked.add(entry.row.room);
    if (entry.stage !== 'waiting' || entry.retryAt > state.now) continue;
    entry.stage = 'sending';
    const { room, client_id, text, reply_to, thread } = entry.row;
    turn.call('message.post', { room, client_id, text, ...(reply_to && { reply_to }), ...(thread && { thread }), ...(files.length && { files }) });
  }
}

export function expectNothingFromLostLink(state: State): void {
  for (const entry of state.outbox) {
    if (entry.stage === 'sending' || entry.stage === 'stored') entry.stage = 'waiting';
    entry.retryAt = entry.tries = 0;
  }
}

export function foldOutboxSaved(turn: Turn, clientId: string, error: string): void {
  const entry = findEntry(turn.state, clientId);
  if (entry?.stage !== 'saving') return;
  const replaced = entry.replaces;
  delete entry.replaces;
  if (!error) {
    entry.stage = 'waiting';
    return;
  }
  // What is on the disk is the one before, if any: it is tried again or thrown away under that id.
  entry.stage = 'failed';
  // Not on disk, so not sent: a crash now would lose it without a word.
  entry.row = {
    ...entry.row, client_id: replaced ?? entry.row.client_id,
    failure: `Not sent, because it couldn't be kept in this browser: ${error}`,
  };
}

// Another tab wrote, changed or threw away a row.
export function foldOutboxTaken(state: State, row: OutboxRow, replaces?: string): void {
  const stage = row.failure ? 'failed' : 'waiting';
  const known = findEntry(state, replaces ?? row.client_id) ?? findEntry(state, row.client_id);
  if (!known) {
    state.outbox = [...state.outbox, { row, stage, retryAt: 0, tries: 0 }];
  } else if ((known.stage !== 'sending' && known.stage !== 'stored') || stage === 'failed') {
    Object.assign(known, { row, stage });
  }
}
export function foldOutboxGone(state: State, clientId: string): void {
  state.outbox = state.outbox.filter((entry) => entry.row.client_id !== clientId);
}

// The answer may come before the events of others that stand in front: the message is shown at its place, but only
// counts as folded in when nothing is missing before it.
function placeStored(turn: Turn, room: RoomState, row: OutboxRow, at: { seq: number; at: number }): void {
  const { state } = turn;
  const message = {
    seq: at.seq, at: at.at, author: state.me!.id, text: row.text, client_id: row.client_id,
    ...(row.reply_to && { reply_to: row.reply_to }), ...(row.thread && { thread: row.thread }),
  };
  room.postedAt = Math.max(room.postedAt, state.now - Math.max(0, state.wall - at.at));
  if (at.seq === room.info.seq + 1) {
    countMessages(turn, room, [message]);
    if (!row.thread) markRead(turn, room);
  }
  if (!room.catchingUp && at.seq === room.upTo + 1) room.upTo = at.seq;
  if (!row.thread) room.unreadAfter = -1;
  takeMessages(turn, room, [message], at.seq, at.seq);
  storeRoom(turn, room);
}

export function foldPosted(turn: Turn, answer: AnswerOf<'message.post'>): void {
  const { state } = turn;
  const entry = findEntry(state, answer.params.client_id);
  // The event was here first.
  if (!entry) return;
  if (answer.result) {
    const room = state.rooms.get(entry.row.room);
    if (room && entry.row.files?.length && answer.result.seq > room.upTo) {
      // The files' types, and their names as the server cleaned them, come with the event. If it was lost, what is
      // missing is asked for at the next tick.
      entry.stage = 'stored';
      room.highestSeen = Math.max(room.highestSeen, answer.result.seq);
      return;
    }
    if (room && !entry.row.files?.length) return placeStored(turn, room, entry.row, answer.result);
    settleOutbox(turn, entry.row.client_id);
    return turn.effect({ type: 'erase_outbox', client_id: entry.row.client_id });
  }
  const failure = answer.error!;
  // An upload was there too long, or a crash took its end: it goes up again, and the message after it.
  if (entry.row.files?.length && failure.field?.startsWith('params.files') && uploadAgain(turn, entry.row.files, failure.code === 'file_posted')
    && failure.code !== 'file_posted' && ++entry.tries <= kMostAgain) {
    entry.stage = 'waiting';
    return;
  }
  if (mayPass(failure)) {
    entry.stage = 'waiting';
    entry.retryAt = state.now + (failure.retryAfterMs ?? Math.min(kLongestPause, kFirstPause * 2 ** Math.min(entry.tries, 5)));
    ++entry.tries;
    return;
  }
  fail(turn, entry, failure.message);
}

export function retryMessage(turn: Turn, clientId: string): void {
  const { state } = turn;
  const entry = findEntry(state, clientId);
  if (entry?.stage !== 'failed') return;
  // Under its old id the server may hold another text; a refused message was never stored, so a fresh id can't
  // double it.
  const { failure: _, ...row } = entry.row;
  entry.row = { ...row, client_id: state.ids.uuid(state.wall) };
  entry.stage = 'saving';
  entry.replaces = clientId;
  entry.retryAt = entry.tries = 0;
  uploadAgain(turn, row.files ?? [], false);
  turn.effect({ type: 'save_outbox', row: entry.row, replaces: clientId });
}

export function discardMessage(turn: Turn, clientId: string): void {
  const entry = findEntry(turn.state, clientId);
  if (entry?.stage !== 'failed') return;
  // First, so that nobody takes what was sent for what nobody needs.
  dropUploads(turn, entry.row.files ?? [], true);
  turn.effect({ type: 'erase_outbox', client_id: clientId });
  settleOutbox(turn, clientId);
}

// Takes a refused message back into the composer, and its files, which no message names then.
export function rewriteMessage(turn: Turn, room: RoomState, clientId: string): void {
  const entry = findEntry(turn.state, clientId);
  if (entry?.stage !== 'failed') return;
  // In this order on the disk: a crash between them leaves the text twice, not nowhere.
  if (entry.row.thread) {
    takeIntoThreadDraft(turn, room.info.id, entry.row.thread, entry.row.text);
    openThread(turn, room, entry.row.thread);
  } else {
    takeIntoDraft(turn, room, entry.row.text);
  }
  if (entry.row.reply_to) room.replyTo = entry.row.reply_to;
  turn.effect({ type: 'erase_outbox', client_id: clientId });
  foldOutboxGone(turn.state, clientId);
}
