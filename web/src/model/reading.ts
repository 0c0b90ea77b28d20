import type { Events, Message } from '../wire/catalogue.ts';
import type { RoomState } from './state.ts';
import { isMe, isOnline, unreadOf } from './state.ts';
import type { AnswerOf, Turn } from './turn.ts';

// Reading along in a busy room must not cost a request a message.
const kMarkerPause = 1_000;
const kPauseAfterFailedMarker = 5_000;

const kMostApart = 1_000;

export function storeRoom(turn: Turn, room: RoomState): void {
  turn.effect({ type: 'store_room', room: room.info, upTo: room.upTo, apart: [...room.ownUnread].slice(-kMostApart) });
}

// The server counts a reply in its room, too. Here it is unread in its thread alone.
export function leaveReplyOut(room: RoomState, message: Message): void {
  if (message.thread && message.seq > room.info.marker.seq && message.seq <= room.info.seq) room.ownUnread.add(message.seq);
}

function forgetOwnBefore(room: RoomState): void {
  for (const seq of room.ownUnread) if (seq <= room.info.marker.seq) room.ownUnread.delete(seq);
}

// How many messages the window holds behind `after`, up to `last`.
function messagesBetween(room: RoomState, after: number, last: number): number {
  return room.timeline.entries.filter((entry) => entry.message && entry.seq > after && entry.seq <= last).length;
}

export function moveMarker(turn: Turn, room: RoomState, marker: { seq: number; count: number }): void {
  room.info = { ...room.info, marker };
  forgetOwnBefore(room);
  if (unreadOf(room) === 0) room.info.mentions = 0;
  room.markerUnsent = true;
  if (!room.markerDue) room.markerDue = turn.state.now + kMarkerPause;
  storeRoom(turn, room);
}

export function markRead(turn: Turn, room: RoomState): void {
  const { info } = room;
  if (unreadOf(room) === 0 && info.mentions === 0 && room.ownUnread.size === 0) return;
  room.markerBack = false;
  moveMarker(turn, room, { seq: Math.max(info.marker.seq, info.seq), count: Math.max(info.marker.count, info.count) });
  room.info.mentions = 0;
}

export function takeMarker(room: RoomState, marker: { seq: number; count: number }, mentions: number, back = false): void {
  if (!back && (room.markerBack || marker.seq < room.info.marker.seq)) return;
  const count = back ? marker.count : Math.max(marker.count, room.info.marker.count);
  room.info = { ...room.info, marker: { seq: marker.seq, count }, mentions };
  forgetOwnBefore(room);
}

export function sendDueMarkers(turn: Turn): void {
  const { state } = turn;
  if (!isOnline(state)) return;
  for (const [id, room] of state.rooms) {
    if (!room.markerUnsent || !room.markerDue || room.markerDue > state.now) continue;
    room.markerDue = 0;
    turn.call('marker.set', { room: id, seq: room.info.marker.seq, ...(room.markerBack && { back: true }) });
  }
}

export function readOn(turn: Turn, room: RoomState): void {
  room.markerHeld = false;
  markRead(turn, room);
  room.unreadAfter = -1;
}
// The newest row was on the screen of a focused window.
export function seeNewest(turn: Turn, room: RoomState): void {
  if (room.timeline.live && !room.markerHeld) markRead(turn, room);
}
// So was this one, and newer ones weren't.
export function seeUpTo(turn: Turn, room: RoomState, seq: number): void {
  const before = room.info.marker;
  if (room.markerHeld || seq <= before.seq) return;
  // Whoever jumped ahead hasn't read what lies between.
  if (!room.timeline.covers(before.seq + 1) || !room.timeline.covers(seq)) return;
  const count = Math.min(room.info.count, before.count + messagesBetween(room, before.seq, seq));
  moveMarker(turn, room, { seq, count });
}
// This message and all behind it.
export function markUnread(turn: Turn, room: RoomState, seq: number): void {
  if (!room.timeline.find(seq)) return;
  const before = room.info.marker;
  const last = seq - 1;
  // Where the window doesn't reach to the old marker the server's answer puts the count right.
  const count = last < before.seq
    ? before.count - messagesBetween(room, last, before.seq)
    : before.count + messagesBetween(room, before.seq, last);
  for (const entry of room.timeline.entries)
    if (entry.seq >= seq && entry.message && isMe(turn.state, entry.message.author)) room.ownUnread.add(entry.seq);
  room.markerBack = last < before.seq;
  room.markerHeld = true;
  room.unreadAfter = last;
  moveMarker(turn, room, { seq: last, count: Math.max(0, count) });
}

export function foldMarkerMoved(turn: Turn, event: Events['marker.moved']): void {
  const room = turn.state.rooms.get(event.room);
  if (!room) return;
  takeMarker(room, event.marker, event.mentions, event.back);
  // Else what is on the screen here would be read at once.
  if (event.back) room.markerHeld = true;
  storeRoom(turn, room);
}
export function foldMentionCounted(turn: Turn, event: Events['mention.counted']): void {
  const room = turn.state.rooms.get(event.room);
  if (!room) return;
  room.info = { ...room.info, mentions: event.mentions };
  storeRoom(turn, room);
}
export function foldMarkerSet(turn: Turn, answer: AnswerOf<'marker.set'>): void {
  const room = turn.state.rooms.get(answer.params.room);
  if (!room) return;
  if (answer.result) {
    if (answer.params.seq === room.info.marker.seq) room.markerUnsent = room.markerBack = false;
    return;
  }
  room.markerDue = turn.state.now + Math.max(kPauseAfterFailedMarker, answer.error?.retryAfterMs ?? 0);
}
