import type { Message, Methods } from '../wire/catalogue.ts';
import { takeMessages } from './incoming.ts';
import { learnPeople, needPerson } from './people.ts';
import type { RoomState } from './state.ts';
import { isOnline, unreadOf } from './state.ts';
import { openThread } from './threads.ts';
import type { AnswerOf, Turn } from './turn.ts';
import { showToast } from './turn.ts';

const kPage = 60;
const kFirstScreen = 30; // fewer than this from the cache: the server has the rest
const kNearNewest = 40; // no more unread than this are on the newest page
const kMostRows = 700; // a window over this lets go of its far end …
const kKeptRows = 500; // … down to this: every row is in the page's tree
const kKeptClosed = 100; // of a room that isn't open
const kMostLive = 1000; // at the newest end, where only old rows can go
const kPauseAfterFailedPage = 2_000;

type Page = Methods['message.history']['result'];

// A page that was read before a change came after it.
function caughtUp(room: RoomState, messages: Message[]): Message[] {
  if (!room.changesMeanwhile.length) return messages;
  return messages.map((message) =>
    room.changesMeanwhile.filter(({ seq }) => seq === message.seq).reduce((one, { change }) => change(one), message));
}

export function hasOlder(room: RoomState): boolean {
  return room.timeline.loaded && room.timeline.from > 1;
}

function askHistory(turn: Turn, room: RoomState, where: { before?: number; after?: number; around?: number }): void {
  const sent = turn.call('message.history', { room: room.info.id, ...where, limit: kPage });
  room.loadingOlder = sent && (where.before !== undefined || where.around !== undefined);
  room.loadingNewer = sent && where.after !== undefined;
}

export function ensureWindow(turn: Turn, room: RoomState): void {
  if (room.upTo < 0) return;
  if (!room.timeline.loaded) {
    if (room.loadingOlder) return; // its answer opens one
    room.timeline.openLive(room.upTo + 1);
  }
  if (room.timeline.entries.length < kFirstScreen) loadOlder(turn, room);
}

export function openAtUnread(turn: Turn, room: RoomState): void {
  const read = room.info.marker.seq;
  if (unreadOf(room) <= kNearNewest || room.timeline.covers(read + 1)) return ensureWindow(turn, room);
  room.loadingOlder = room.loadingNewer = false;
  room.timeline.close();
  askHistory(turn, room, { around: read + 1 });
  if (!room.loadingOlder) ensureWindow(turn, room);
}

// The cache is asked first: it answers with nothing when it isn't sure of what stands there.
export function loadOlder(turn: Turn, room: RoomState): void {
  if (!hasOlder(room) || room.loadingOlder || turn.state.now < room.historyRetryAt) return;
  room.loadingOlder = true;
  turn.effect({ type: 'load_page', room: room.info.id, before: room.timeline.from, limit: kPage });
}

export function loadNewer(turn: Turn, room: RoomState): void {
  if (!room.timeline.loaded || room.timeline.live || room.loadingNewer) return;
  if (turn.state.now < room.historyRetryAt) return;
  if (room.timeline.to >= room.upTo) {
    room.timeline.live = true;
    return;
  }
  askHistory(turn, room, { after: room.timeline.to });
}

export function shrinkWindow(room: RoomState): void {
  if (room.timeline.live) room.timeline.trimOldest(kKeptClosed);
  else room.timeline.close();
}

export function trimLiveWindow(room: RoomState): void {
  if (room.timeline.live && room.timeline.entries.length > kMostLive) room.timeline.trimOldest(kKeptRows);
}

export function foldPageLoaded(turn: Turn, event: { room: number; before: number; messages: Message[]; from: number }): void {
  const room = turn.state.rooms.get(event.room);
  if (!room) return;
  room.loadingOlder = false;
  const { timeline } = room;
  if (!timeline.loaded || timeline.from !== event.before) return;
  if (room.pageIsStale || event.from >= event.before) {
    room.pageIsStale = false;
    return askHistory(turn, room, { before: event.before });
  }
  timeline.from = event.from;
  for (const message of caughtUp(room, event.messages)) {
    needPerson(turn, message.author);
    timeline.put(message);
  }
  if (timeline.entries.length > kMostRows) timeline.trimNewest(kKeptRows);
  if (timeline.entries.length < kFirstScreen) loadOlder(turn, room);
}

function foldOlder(turn: Turn, room: RoomState, before: number, page: Page): void {
  const { timeline } = room;
  if (!timeline.loaded || timeline.from !== before) return;
  const more = page.more.before && page.messages.length > 0;
  timeline.from = more ? page.messages[0]!.seq : 1;
  takeMessages(turn, room, page.messages, timeline.from, before - 1);
  if (timeline.entries.length > kMostRows) timeline.trimNewest(kKeptRows);
}

function foldNewer(turn: Turn, room: RoomState, after: number, page: Page): void {
  const { timeline } = room;
  if (!timeline.loaded || timeline.live || timeline.to !== after) return;
  const more = page.more.after && page.messages.length > 0;
  timeline.to = Math.max(timeline.to, more ? page.messages[page.messages.length - 1]!.seq : page.seq);
  takeMessages(turn, room, page.messages, after + 1, timeline.to);
  if (!more && timeline.to >= room.upTo) timeline.live = true;
  if (timeline.entries.length > kMostRows) timeline.trimOldest(kKeptRows);
}

function foldAround(turn: Turn, room: RoomState, page: Page): void {
  if (!page.messages.length) return;
  const from = page.more.before ? page.messages[0]!.seq : 1;
  const to = page.more.after ? page.messages[page.messages.length - 1]!.seq : page.seq;
  room.timeline.openAt(from, to);
  takeMessages(turn, room, page.messages, from, to);
  if (!page.more.after && to >= room.upTo) room.timeline.live = true;
}

export function foldHistory(turn: Turn, answer: AnswerOf<'message.history'>): void {
  const { before, after, around } = answer.params;
  const room = turn.state.rooms.get(answer.params.room);
  if (!room) return;
  if (before !== undefined || around !== undefined) room.loadingOlder = false;
  if (after !== undefined) room.loadingNewer = false;
  const stale = room.pageIsStale;
  room.pageIsStale = false;
  if (stale && room.timeline.loaded)
    return askHistory(turn, room, { ...(before !== undefined && { before }), ...(after !== undefined && { after }), ...(around !== undefined && { around }) });
  if (!answer.result) {
    room.historyRetryAt = turn.state.now + Math.max(kPauseAfterFailedPage, answer.error?.retryAfterMs ?? 0);
    room.historyError = answer.error?.message ?? '';
    if (around !== undefined && !room.timeline.loaded) ensureWindow(turn, room);
    return;
  }
  room.historyError = '';
  learnPeople(turn, answer.result.users);
  const page = { ...answer.result, messages: caughtUp(room, answer.result.messages) };
  if (before !== undefined) foldOlder(turn, room, before, page);
  if (after !== undefined) foldNewer(turn, room, after, page);
  if (around === undefined) return;
  foldAround(turn, room, page);
  if (around === room.jump.seq) leadIntoThread(turn, room, around);
  if (!room.timeline.loaded) ensureWindow(turn, room);
}

export function jumpToNewest(turn: Turn, room: RoomState): void {
  if (room.timeline.live) return;
  room.timeline.close();
  room.loadingOlder = room.loadingNewer = false;
  ensureWindow(turn, room);
}

// A reply is shown in its thread. False: it isn't one, or isn't known.
function leadIntoThread(turn: Turn, room: RoomState, seq: number): boolean {
  const root = room.timeline.message(seq)?.thread;
  if (!root) return false;
  if (room.jump.seq === seq) room.jump = { seq: 0, serial: room.jump.serial };
  openThread(turn, room, root);
  return true;
}

export function jumpToMessage(turn: Turn, room: RoomState, seq: number): void {
  room.jump = { seq, serial: room.jump.serial + 1 };
  if (leadIntoThread(turn, room, seq) || room.timeline.covers(seq)) return;
  if (!isOnline(turn.state)) return showToast(turn, "You're offline. That part of the history isn't on this device.");
  askHistory(turn, room, { around: seq });
}
