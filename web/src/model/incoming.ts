import type { Events, Message } from '../wire/catalogue.ts';
import { kMaxPage } from '../wire/limits.ts';
import { applyDurable, applyReplies } from './durable.ts';
import { stripTombstone } from './change.ts';
import { trimLiveWindow } from './history.ts';
import { settleOutbox } from './outbox.ts';
import { learnPeople, needPerson } from './people.ts';
import { loadPins } from './pins.ts';
import { leaveReplyOut, moveMarker, storeRoom } from './reading.ts';
import { forgetRoom, listRooms } from './rooms.ts';
import type { RoomState } from './state.ts';
import { takeIntoThread } from './threads.ts';
import { isMe, unreadOf } from './state.ts';
import { trimRoom } from './trimming.ts';
import type { AnswerOf, Turn } from './turn.ts';

// A busy room goes on while its gap is being filled; what doesn't fit here is asked for again.
const kMostHeld = 1000;
// Far more than changes while a page is read.
const kMostRemembered = 500;
const kCatchUpPause = 2_000;

export type DurableName =
  | 'message.posted' | 'message.edited' | 'message.deleted' | 'message.restored' | 'message.reacted' | 'message.pinned'
  | 'room.updated' | 'room.archived' | 'room.trimmed' | 'direct.changed' | 'member.joined' | 'member.left'
  | 'member.changed';
export type Durable = { [M in DurableName]: { method: M; params: Events[M] } }[DurableName];

// False: the event took the room away.
function advance(turn: Turn, room: RoomState, event: Durable): boolean {
  const { seq } = event.params;
  const fresh = seq > room.upTo;
  if (event.method === 'member.left' && isMe(turn.state, event.params.user)) {
    forgetRoom(turn, room.info.id);
    return false;
  }
  if (fresh) room.upTo = seq;
  applyDurable(turn, room, event, fresh);
  releaseReplies(turn, room);
  room.info.seq = Math.max(room.info.seq, seq);
  return true;
}

// What stands under a root changes with the event that did it, or earlier changes would be taken for known.
function releaseReplies(turn: Turn, room: RoomState): void {
  for (const [root, event] of room.heldReplies) {
    if (event.changed > room.upTo) continue;
    room.heldReplies.delete(root);
    applyReplies(turn, room, event);
  }
}

export function foldThreadChanged(turn: Turn, event: Events['thread.changed']): void {
  const room = turn.state.rooms.get(event.room);
  if (!room || room.upTo < 0) return;
  if (event.changed > room.upTo) room.heldReplies.set(event.root, event);
  else applyReplies(turn, room, event);
}

function releaseHeld(turn: Turn, room: RoomState): boolean {
  for (const seq of [...room.held.keys()].sort((a, b) => a - b)) {
    if (seq > room.upTo + 1) return true;
    const event = room.held.get(seq) as unknown as Durable;
    room.held.delete(seq);
    if (!advance(turn, room, event)) return false;
  }
  return true;
}

export function foldDurable(turn: Turn, event: Durable): void {
  const { state } = turn;
  const { room: id, seq } = event.params;
  const room = state.rooms.get(id);
  if (!room || room.relist || room.upTo < 0) {
    state.strays.set(id, Math.max(state.strays.get(id) ?? 0, seq));
    return listRooms(turn);
  }
  room.highestSeen = Math.max(room.highestSeen, seq);
  if (seq <= room.upTo) return;
  if (room.catchingUp || seq !== room.upTo + 1) {
    if (room.held.size < kMostHeld) room.held.set(seq, event);
    return catchUp(turn, room);
  }
  advance(turn, room, event);
}

// `from` and `to`: what these messages are all of, as far as the cache is concerned.
export function takeMessages(turn: Turn, room: RoomState, messages: Message[], from: number, to: number): void {
  const taken = messages.map(stripTombstone);
  for (const message of taken) {
    if (message.changed) rememberChange(room, message.seq, (one) => ((one.changed ?? 0) < message.changed! ? message : one));
    needPerson(turn, message.author);
    if (message.deleted_by) needPerson(turn, message.deleted_by);
    const own = message.client_id && isMe(turn.state, message.author) ? message.client_id : undefined;
    const settled = own !== undefined && settleOutbox(turn, own);
    room.timeline.put(message, settled ? own : undefined);
    leaveReplyOut(room, message);
    // The next time it is drawn from the cache or a page its row keeps the place that it has now.
    if (settled) turn.effect({ type: 'erase_outbox', client_id: own });
  }
  takeIntoThread(turn.state, room, taken);
  turn.effect({ type: 'store_messages', room: room.info.id, messages: taken, from, to });
  if (room.info.id === turn.state.openRoom) trimLiveWindow(room);
}

export function rememberChange(room: RoomState, seq: number, change: (message: Message) => Message): void {
  if (!room.timeline.loaded) return;
  if (room.changesMeanwhile.length >= kMostRemembered) room.changesMeanwhile.shift();
  room.changesMeanwhile.push({ seq, change });
}

// Those that the room's own numbers don't know yet.
export function countMessages(turn: Turn, room: RoomState, messages: Message[]): void {
  const fresh = messages.filter((message) => message.seq > room.info.seq).sort((a, b) => a.seq - b.seq);
  for (const message of fresh) {
    const allRead = unreadOf(room) === 0;
    room.info = {
      ...room.info, count: room.info.count + 1, seq: message.seq,
      last_at: Math.max(room.info.last_at ?? 0, message.at),
    };
    // A reply is unread in its thread, not in the room.
    if (!isMe(turn.state, message.author) && !message.thread) continue;
    room.ownUnread.add(message.seq);
    if (allRead && !room.markerHeld) moveMarker(turn, room, { seq: message.seq, count: room.info.count });
  }
}

export function catchUp(turn: Turn, room: RoomState): void {
  if (room.catchingUp || turn.state.now < room.catchUpAt) return;
  room.catchingUp = turn.call('message.changes', { room: room.info.id, since: room.upTo, limit: kMaxPage });
}

export function catchUpLateRooms(turn: Turn): void {
  for (const room of turn.state.rooms.values()) if (room.highestSeen > room.upTo && room.upTo >= 0) catchUp(turn, room);
}

export function startAfresh(turn: Turn, room: RoomState, seq: number): void {
  room.timeline.close();
  room.held.clear();
  room.heldReplies.clear();
  room.changesMeanwhile = [];
  room.pinsLoaded = false;
  room.catchingUp = room.loadingOlder = room.loadingNewer = false;
  room.upTo = seq;
  turn.effect({ type: 'drop_messages', room: room.info.id });
  storeRoom(turn, room);
}

export function foldChanges(turn: Turn, answer: AnswerOf<'message.changes'>): void {
  const { state } = turn;
  const room = state.rooms.get(answer.params.room);
  // An answer from before startAfresh or a reconnection speaks of another position.
  if (!room || !room.catchingUp || answer.params.since !== room.upTo) return;
  room.catchingUp = false;
  if (!answer.result) {
    room.catchUpAt = state.now + Math.max(kCatchUpPause, answer.error?.retryAfterMs ?? 0);
    return;
  }
  const { result } = answer;
  learnPeople(turn, result.users);
  if (result.trimmed) trimRoom(turn, room, result.trimmed);
  countMessages(turn, room, result.messages);
  const moved = result.seq > room.upTo;
  const from = room.upTo + 1;
  room.upTo = Math.max(room.upTo, result.seq);
  takeMessages(turn, room, result.messages, from, room.upTo);
  releaseReplies(turn, room);
  storeRoom(turn, room);
  if (result.more && moved) return catchUp(turn, room);
  room.info.seq = Math.max(room.info.seq, room.upTo);
  room.pinsLoaded = false;
  loadPins(turn);
  if (!releaseHeld(turn, room)) return;
  // Deletions and names may have been in the gap: the list has the server's own counts.
  listRooms(turn);
  if (room.highestSeen <= room.upTo) return;
  if (!moved) room.catchUpAt = state.now + kCatchUpPause;
  catchUp(turn, room);
}
