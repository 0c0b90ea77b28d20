import type { Events } from '../wire/catalogue.ts';
import { kMaxTextBytes } from '../wire/limits.ts';
import { bytesOf, replaceDraft } from './composer.ts';
import { mayPass } from './outbox.ts';
import type { RoomState, State } from './state.ts';
import { isOnline } from './state.ts';
import { draftIn, replaceThreadDraft, threadKey } from './threads.ts';
import type { AnswerOf, Turn } from './turn.ts';

// What a person has begun to write is the same on all their devices, and in all tabs of a browser. No text is lost on the
// way: where two devices wrote at the same draft, both texts stay.

const kTellAfter = 2_000;
const kTellAgainAfter = 10_000;

// How far the others know of a draft.
export interface SharedDraft {
  told: string; // as the server has it, as far as that is known
  tellAt: number; // when the server is to be told; 0: it knows
  setAt: number; // when it was told the last time
  setting: number; // calls under way
}

interface Written {
  room: RoomState;
  thread: number; // 0: of the room
  text: string;
  shared: SharedDraft;
}

function sharedOf(state: State, room: number, thread: number): SharedDraft {
  const key = threadKey(room, thread);
  const known = state.sharedDrafts.get(key) ?? { told: '', tellAt: 0, setAt: -1, setting: 0 };
  state.sharedDrafts.set(key, known);
  return known;
}

function findWritten(state: State, id: number, thread = 0): Written | undefined {
  const room = state.rooms.get(id);
  // While a message is edited that one stands in the composer.
  const ofRoom = room?.editing ? room.keptDraft : room?.draft;
  return room && { room, thread, text: thread ? draftIn(state, id, thread).text : ofRoom!, shared: sharedOf(state, id, thread) };
}

function allWritten(state: State): Written[] {
  const threads = [...state.threads.drafts.keys()].map((key) => key.split('/').map(Number) as [number, number]);
  return [...[...state.rooms.keys()].map((id): [number, number] => [id, 0]), ...threads].flatMap(([id, thread]) => findWritten(state, id, thread) ?? []);
}

// So that a page that starts anew knows what was sent or thrown away elsewhere meanwhile.
function keepTold(turn: Turn): void {
  turn.effect({ type: 'save_told', told: [...turn.state.sharedDrafts].flatMap(([key, { told }]): [string, string][] => (told ? [[key, told]] : [])) });
}
// Another epoch: what the server has may be of before, and takes nothing away that was written here.
export function forgetTold(turn: Turn): void {
  for (const shared of turn.state.sharedDrafts.values()) shared.told = '';
  keepTold(turn);
}
export function loadTold(state: State, told: [string, string][]): void {
  for (const [key, text] of told) state.sharedDrafts.set(key, { told: text, tellAt: 0, setAt: -1, setting: 0 });
}

// The person wrote at it, or it was sent: the server is told once they pause.
export function draftChanged(state: State, room: number, thread = 0): void {
  sharedOf(state, room, thread).tellAt = state.now + kTellAfter;
}

function tell(turn: Turn, { room, thread, text, shared }: Written): void {
  const { state } = turn;
  if (!shared.tellAt) return;
  if (text === shared.told || bytesOf(text) > kMaxTextBytes) {
    shared.tellAt = 0;
    return;
  }
  state.draftOrigin ||= state.ids.uuid(state.wall);
  const replyTo = thread ? 0 : room.replyTo;
  // Offline it stays to be told.
  if (!turn.call('draft.set', { room: room.info.id, ...(thread && { thread }), text, ...(replyTo && { reply_to: replyTo }), origin: state.draftOrigin })) return;
  shared.tellAt = 0;
  shared.setAt = state.now;
  ++shared.setting;
}
// At once, because the person goes elsewhere.
export function tellDraft(turn: Turn, room: number, thread = 0): void {
  const written = findWritten(turn.state, room, thread);
  if (written) tell(turn, written);
}
export function tellDrafts(turn: Turn, dueOnly: boolean): void {
  if (!isOnline(turn.state)) return;
  for (const [key, { tellAt }] of turn.state.sharedDrafts) {
    if (!tellAt || (dueOnly && tellAt > turn.state.now)) continue;
    const [room, thread] = key.split('/').map(Number);
    tellDraft(turn, room!, thread);
  }
}

export function joinedDrafts(here: string, elsewhere: string): string {
  if (here.includes(elsewhere)) return here;
  if (elsewhere.includes(here)) return elsewhere;
  return `${here}\n${elsewhere}`;
}

function takeDraft(turn: Turn, { room, thread, text: before }: Written, text: string): void {
  if (before === text) return;
  if (thread) replaceThreadDraft(turn, room.info.id, thread, text);
  else replaceDraft(turn, room, text);
}

// What another device wrote, as the server has it now. What the server was known to have before tells who changed it since.
function meetDraft(turn: Turn, own: Written, elsewhere: string): void {
  const { told: before } = own.shared;
  own.shared.told = elsewhere;
  const here = own.text;
  if (here === elsewhere) return;
  if (elsewhere === before) return draftChanged(turn.state, own.room.info.id, own.thread);
  if (here === before) return takeDraft(turn, own, elsewhere);
  const both = joinedDrafts(here, elsewhere);
  takeDraft(turn, own, both);
  if (both !== elsewhere) draftChanged(turn.state, own.room.info.id, own.thread);
}

// Behind the list of rooms: of a room that isn't known no draft is shown.
export function loadDrafts(turn: Turn): void {
  if (turn.call('draft.list', {})) turn.state.draftsAskedAt = turn.state.now;
}
export function foldDrafts(turn: Turn, answer: AnswerOf<'draft.list'>): void {
  if (!answer.result) return;
  const { state } = turn;
  const texts = new Map(answer.result.drafts.map(({ room, thread = 0, text }) => [threadKey(room, thread), text]));
  const places = new Map([...allWritten(state).map(({ room, thread }): [string, [number, number]] => [threadKey(room.info.id, thread), [room.info.id, thread]]),
    ...answer.result.drafts.map(({ room, thread = 0 }): [string, [number, number]] => [threadKey(room, thread), [room, thread]])]);
  for (const [key, [room, thread]] of places) {
    const own = findWritten(state, room, thread);
    // What was told since the list was asked for may not be in it.
    if (!own || own.shared.setting || own.shared.setAt >= state.draftsAskedAt) continue;
    // Without a text there: it was sent or thrown away elsewhere, or the server never heard of it.
    meetDraft(turn, own, texts.get(key) ?? '');
  }
  keepTold(turn);
}

export function foldDraftChanged(turn: Turn, { draft, origin }: Events['draft.changed']): void {
  const own = findWritten(turn.state, draft.room, draft.thread);
  if (!own || (origin && origin === turn.state.draftOrigin)) return;
  meetDraft(turn, own, draft.text);
  keepTold(turn);
}

export function foldDraftSet(turn: Turn, answer: AnswerOf<'draft.set'>): void {
  const own = findWritten(turn.state, answer.params.room, answer.params.thread);
  if (!own) return;
  own.shared.setting = Math.max(0, own.shared.setting - 1);
  if (answer.result) {
    own.shared.told = answer.params.text;
    return keepTold(turn);
  }
  // Whatever else is wrong, it is told again with the next keys; in this browser it is kept.
  if (mayPass(answer.error!) && !own.shared.tellAt) own.shared.tellAt = turn.state.now + kTellAgainAfter;
}
