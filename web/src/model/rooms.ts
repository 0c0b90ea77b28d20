import type { MyRoom } from '../wire/catalogue.ts';
import { giveBack, saveDraft } from './composer.ts';
import { isRequest, tellOfRequest } from './direct.ts';
import { loadDrafts, tellDraft } from './draft_sync.ts';
import { loadFiles } from './files_panel.ts';
import { ensureWindow, openAtUnread, shrinkWindow } from './history.ts';
import { catchUp } from './incoming.ts';
import { folded, roomName, sameName } from './names.ts';
import { keepUnsent } from './outbox.ts';
import { learnPeople } from './people.ts';
import { closeThread } from './threads.ts';
import { loadPins } from './pins.ts';
import { storeRoom, takeMarker } from './reading.ts';
import type { RoomState, State } from './state.ts';
import { idle, newRoom, unreadOf } from './state.ts';
import type { AnswerOf, Turn } from './turn.ts';
import { kOffline, showToast } from './turn.ts';

// The list is a snapshot; events that it doesn't know yet may have been folded in. False: it doesn't know all that
// changed more than counters, and must be asked again.
function takeListed(room: RoomState, listed: MyRoom): boolean {
  const before = room.info;
  const info = { ...listed, marker: before.marker, mentions: before.mentions };
  if (before.seq > listed.seq)
    Object.assign(info, { seq: before.seq, count: before.count, last_at: before.last_at });
  const knowsAll = room.stateSeq <= listed.seq;
  if (!knowsAll)
    for (const field of ['name', 'topic', 'archived', 'locked', 'slow_mode_s', 'direct', 'requested_by', 'accepted', 'role', 'muted'] as const)
      Object.assign(info, { [field]: before[field] });
  room.info = info;
  takeMarker(room, listed.marker, listed.mentions);
  return knowsAll;
}

function takeRoom(turn: Turn, listed: MyRoom): void {
  const { state } = turn;
  let room = state.rooms.get(listed.id);
  if (listed.users) learnPeople(turn, listed.users);
  if (!room || room.relist) {
    room ??= newRoom(listed);
    state.rooms.set(listed.id, room);
    room.info = listed;
    room.relist = false;
    room.upTo = listed.seq;
    room.highestSeen = Math.max(room.highestSeen, state.strays.get(listed.id) ?? 0);
    state.strays.delete(listed.id);
    tellOfRequest(turn, room);
  } else {
    if (!takeListed(room, listed)) listRooms(turn);
    // Nothing of it is shown or known, so there is nothing to be caught up with.
    if (room.upTo < 0 && !room.timeline.loaded) room.upTo = listed.seq;
  }
  room.highestSeen = Math.max(room.highestSeen, listed.seq);
  storeRoom(turn, room);
  if (room.highestSeen > room.upTo) catchUp(turn, room);
  state.watchDue = true;
}

export interface Sections {
  requests: RoomState[];
  unread: RoomState[];
  rooms: RoomState[];
  direct: RoomState[];
}

export function roomSections(state: State): Sections {
  const sections: Sections = { requests: [], unread: [], rooms: [], direct: [] };
  for (const room of state.rooms.values()) {
    if (room.relist) continue;
    // The open room keeps its place while it is read.
    const isUnread = unreadOf(room) > 0 && room.info.id !== state.openRoom;
    const place = isRequest(room) ? 'requests' : isUnread ? 'unread' : room.info.kind === 'direct' ? 'direct' : 'rooms';
    sections[place].push(room);
  }
  const byTime = (a: RoomState, b: RoomState) =>
    (b.info.last_at ?? b.info.created_at) - (a.info.last_at ?? a.info.created_at) || b.info.id - a.info.id;
  const mentioned = (room: RoomState) => Number(room.info.mentions > 0);
  sections.requests.sort(byTime);
  sections.unread.sort((a, b) => mentioned(b) - mentioned(a) || byTime(a, b));
  sections.direct.sort(byTime);
  sections.rooms.sort((a, b) => folded(a.info.name).localeCompare(folded(b.info.name)) || a.info.id - b.info.id);
  return sections;
}

export function roomOrder(state: State): RoomState[] {
  const { requests, unread, rooms, direct } = roomSections(state);
  return [...requests, ...unread, ...rooms, ...direct];
}

export function listRooms(turn: Turn): void {
  const { state } = turn;
  if (state.roomsListing) state.roomsListAgain = true;
  else state.roomsListing = turn.call('room.list', {});
}

export function openRoom(turn: Turn, id: number): void {
  const { state } = turn;
  const room = state.rooms.get(id);
  if (!room) {
    state.opening = id;
    return;
  }
  state.opening = 0;
  if (state.openRoom === id) return ensureWindow(turn, room);
  const before = state.rooms.get(state.openRoom);
  if (before) {
    saveDraft(turn, before);
    tellDraft(turn, before.info.id);
    before.unreadAfter = -1;
    shrinkWindow(before);
  }
  if (state.panel === 'thread' && state.threads.open?.room !== id) {
    closeThread(turn);
    state.panel = 'none';
  }
  state.openRoom = id;
  state.settings = { ...state.settings, lastRoom: id };
  turn.effect({ type: 'save_settings', settings: state.settings });
  ++room.draftVersion;
  room.markerHeld = false;
  room.jump = { seq: 0, serial: room.jump.serial };
  room.unreadAfter = unreadOf(room) > 0 ? room.info.marker.seq : -1;
  state.watchDue = true;
  openAtUnread(turn, room);
  if (!room.membersLoaded) loadMembers(turn, room);
  loadPins(turn);
  loadFiles(turn);
}

export function loadMembers(turn: Turn, room: RoomState): void {
  if (!room.membersLoading) room.membersLoading = turn.call('room.members', { room: room.info.id });
}

export function forgetRoom(turn: Turn, id: number): void {
  const { state } = turn;
  const room = state.rooms.get(id);
  if (!room) return;
  const name = roomName(state, room);
  const kept = keepUnsent(turn, room);
  if (state.threads.open?.room === id) {
    state.threads.open = null;
    if (state.panel === 'thread') state.panel = 'none';
  }
  state.threads.list = state.threads.list.filter((one) => one.room !== id);
  state.rooms.delete(id);
  turn.effect({ type: 'drop_room', room: id });
  if (kept) showToast(turn, `You're no longer in ${name}. What you hadn't sent there is back if you rejoin.`);
  if (state.openRoom !== id) return;
  state.openRoom = 0;
  state.sideBar = true;
  const [first] = roomOrder(state);
  if (first) openRoom(turn, first.info.id);
}

export function joinByName(turn: Turn, room: number, text: string, wanted: string): boolean {
  const name = wanted.replace(/^#/, '');
  for (const [id, known] of turn.state.rooms)
    if (known.info.kind !== 'direct' && sameName(known.info.name, name)) {
      openRoom(turn, id);
      return true;
    }
  const sent = turn.call('room.browse', { query: name }, { why: 'join', room, text, name });
  if (!sent) showToast(turn, kOffline);
  return sent;
}

export function foldList(turn: Turn, answer: AnswerOf<'room.list'>): void {
  const { state } = turn;
  const again = state.roomsListAgain;
  state.roomsListing = state.roomsListAgain = false;
  if (again) listRooms(turn);
  if (!answer.result) return;
  state.roomsListed = true;
  const listed = new Set(answer.result.rooms.map((room) => room.id));
  for (const room of answer.result.rooms) takeRoom(turn, room);
  for (const id of [...state.rooms.keys()]) if (!listed.has(id)) forgetRoom(turn, id);
  state.strays.clear();
  if (state.opening && state.rooms.has(state.opening)) openRoom(turn, state.opening);
  if (!state.rooms.has(state.openRoom)) {
    const last = state.rooms.has(state.settings.lastRoom) ? state.settings.lastRoom : roomOrder(state)[0]?.info.id;
    if (last) openRoom(turn, last);
  }
  loadDrafts(turn);
  const open = state.rooms.get(state.openRoom);
  if (!open) return;
  ensureWindow(turn, open);
  if (!open.membersLoaded) loadMembers(turn, open);
}

export function foldMembers(turn: Turn, answer: AnswerOf<'room.members'>): void {
  const room = turn.state.rooms.get(answer.params.room);
  if (!room) return;
  room.membersLoading = false;
  if (!answer.result) return;
  learnPeople(turn, answer.result.members.map((member) => member.user));
  room.members = answer.result.members.map(({ user, role, muted }) => ({ user: user.id, role, muted: muted ?? false }));
  room.membersLoaded = true;
  turn.state.watchDue = true;
}

// Of room.create, room.join and direct.open: the dialog closes, and the room is there.
export function foldEntered(turn: Turn, answer: AnswerOf<'room.create'> | AnswerOf<'room.join'> | AnswerOf<'direct.open'>): void {
  const { state } = turn;
  if (!answer.result) {
    const { message } = answer.error!;
    if (answer.purpose?.why === 'typed') {
      giveBack(turn, answer.purpose);
      return showToast(turn, message);
    }
    if (state.dialog.kind === 'none') return showToast(turn, message);
    state.form = { busy: false, error: message, saved: '' };
    return;
  }
  if (answer.purpose?.why === 'form') state.dialog = { kind: 'none' };
  state.form = idle;
  takeRoom(turn, answer.result.room);
  openRoom(turn, answer.result.room.id);
  state.sideBar = false;
}

// The directory matches parts, and topics: the one room that the command means may be on a later page.
export function foldBrowse(turn: Turn, answer: AnswerOf<'room.browse'>): void {
  const { state } = turn;
  const { purpose, params, result } = answer;
  const last = result?.rooms[result.rooms.length - 1];
  const goesOn = result?.more && last && last.name !== params.after;
  if (purpose?.why === 'join') {
    const found = result?.rooms.find((room) => sameName(room.name, purpose.name));
    if (found && turn.call('room.join', { room: found.id }, purpose)) return;
    if (goesOn && turn.call('room.browse', { ...params, after: last.name }, purpose)) return;
    giveBack(turn, purpose);
    return showToast(turn, answer.error?.message ?? `There's no public room called #${purpose.name}.`);
  }
  if (!result) {
    state.form = { busy: false, error: answer.error!.message, saved: '' };
    return;
  }
  state.browse = params.after ? [...state.browse, ...result.rooms] : result.rooms;
  if (goesOn && turn.call('room.browse', { ...params, after: last.name }, { why: 'more' })) return;
  state.form = { ...state.form, busy: false };
}
