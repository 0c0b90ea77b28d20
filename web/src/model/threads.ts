import type { Events, Message, Methods } from '../wire/catalogue.ts';
import { kMaxTextBytes } from '../wire/limits.ts';
import { stripTombstone } from './change.ts';
import { bytesOf, isCommand } from './composer.ts';
import { draftChanged, tellDraft } from './draft_sync.ts';
import { mayPass, sendReply } from './outbox.ts';
import { learnPeople, needPerson } from './people.ts';
import type { RoomState, State } from './state.ts';
import { isMe, isOnline } from './state.ts';
import type { AnswerOf, Turn } from './turn.ts';
import { kOffline, showToast } from './turn.ts';

// Threads: a reply is a message of its room like any other, with the room's numbers; it comes with the room's events and
// fills the room's gaps, and only where it is shown differs.

export type MyThread = Methods['thread.list']['result']['threads'][number];
export type Following = MyThread['following'];

export interface ThreadDraft {
  text: string;
  version: number; // grows when the model, not the person, changed it
  due: number; // when it is to be saved; 0: it is
  editing: number; // `edited` is to replace this message, also while the thread is closed; `text` waits
  edited: string;
}

export interface OpenThread {
  room: number;
  root: number;
  message: Message | null; // which it began with; null: it isn't known, or not there any more
  replies: Message[]; // ascending; none is missing between the first of them and the newest
  more: boolean; // older ones
  loading: boolean;
  answered: boolean; // by the server, in this connection
  rootless: boolean; // it said that the root isn't there any more
  error: string;
  retryAt: number;
  following: Following;
}

export interface ThreadsState {
  open: OpenThread | null; // shown while the panel is 'thread'
  drafts: Map<string, ThreadDraft>;
  list: MyThread[];
  unread: number; // threads with unread replies
  more: boolean;
  loading: boolean;
  again: boolean; // something changed while the list was under way
  error: string;
}
export const noThreads = (): ThreadsState => ({ open: null, drafts: new Map(), list: [], unread: 0, more: false, loading: false, again: false, error: '' });

const kPage = 100;
const kRetryPause = 2_000;
const kDraftPause = 1_000;
const kNotFollowed: Following = { on: false, read: 0, unread: 0 };

export function threadKey(room: number, root: number): string {
  return `${room}/${root}`;
}
export function draftIn(state: State, room: number, root: number): ThreadDraft {
  return state.threads.drafts.get(threadKey(room, root)) ?? { text: '', version: 0, due: 0, editing: 0, edited: '' };
}
function changeDraft(state: State, room: number, root: number, change: Partial<ThreadDraft>): void {
  state.threads.drafts.set(threadKey(room, root), { ...draftIn(state, room, root), ...change });
  if (change.text !== undefined) draftChanged(state, room, root);
}
// By what another device wrote.
export function replaceThreadDraft(turn: Turn, room: number, root: number, text: string): void {
  const draft = draftIn(turn.state, room, root);
  turn.state.threads.drafts.set(threadKey(room, root), { ...draft, text, due: 0, version: draft.editing ? draft.version : draft.version + 1 });
  turn.effect({ type: 'save_draft', room, thread: root, text });
}

function askReplies(turn: Turn, open: OpenThread, before?: number): void {
  const { room, root } = open;
  open.loading = turn.call('message.thread', { room, root, limit: kPage, ...(before && { before }) });
}

// With what the room's window has of it, before any answer.
export function openThread(turn: Turn, room: RoomState, root: number): void {
  const { state } = turn;
  state.panel = 'thread';
  const id = room.info.id;
  if (state.threads.open?.room === id && state.threads.open.root === root) return;
  closeThread(turn);
  const listed = state.threads.list.find((one) => one.room === id && one.root === root);
  const replies = room.timeline.entries.flatMap(({ message }) => (message?.thread === root ? [message] : []));
  const open: OpenThread = {
    room: id, root, message: room.timeline.message(root) ?? listed?.message ?? null, replies, more: true, loading: false,
    answered: false, rootless: false, error: '', retryAt: 0, following: listed?.following ?? kNotFollowed,
  };
  state.threads.open = open;
  askReplies(turn, open);
  const draft = draftIn(state, id, root);
  changeDraft(state, id, root, { version: draft.version + 1 });
}

export function closeThread(turn: Turn): void {
  const { threads } = turn.state;
  if (!threads.open) return;
  const { room, root } = threads.open;
  saveThreadDraft(turn, room, root);
  tellDraft(turn, room, root);
  threads.open = null;
}

export function mayLoadOlder(state: State): boolean {
  const { open } = state.threads;
  return isOnline(state) && !!open?.answered && open.more && !open.loading && !open.error && state.now >= open.retryAt;
}
export function loadOlderReplies(turn: Turn): void {
  const { open } = turn.state.threads;
  if (open && mayLoadOlder(turn.state)) askReplies(turn, open, open.replies[0]?.seq);
}

function put(open: OpenThread, message: Message): void {
  const at = open.replies.findIndex((one) => one.seq >= message.seq);
  const known = at < 0 ? undefined : open.replies[at];
  if (known?.seq === message.seq) {
    if ((known.changed ?? 0) <= (message.changed ?? 0)) open.replies = open.replies.map((one) => (one === known ? message : one));
  } else {
    open.replies = at < 0 ? [...open.replies, message] : [...open.replies.slice(0, at), message, ...open.replies.slice(at)];
  }
}

// Of the room's window, or of the thread beside it.
export function findMessage(state: State, room: number, seq: number): Message | undefined {
  const { open } = state.threads;
  const beside = open?.room === room ? (open.root === seq ? open.message : open.replies.find((one) => one.seq === seq)) : undefined;
  return state.rooms.get(room)?.timeline.message(seq) ?? beside ?? undefined;
}

// Messages of the room came, by whichever way.
export function takeIntoThread(state: State, room: RoomState, messages: Message[]): void {
  const { open } = state.threads;
  if (!open || open.room !== room.info.id) return;
  for (const message of messages) {
    if (message.seq === open.root && (open.message?.changed ?? 0) <= (message.changed ?? 0)) open.message = message;
    if (message.thread !== open.root) continue;
    // Older than what is loaded without a gap.
    if (open.answered && open.more && message.seq < (open.replies[0]?.seq ?? 0)) continue;
    put(open, message);
  }
}

export function changeInThread(state: State, room: RoomState, seq: number, change: (message: Message) => Message): void {
  const { open } = state.threads;
  if (!open || open.room !== room.info.id) return;
  if (open.root === seq && open.message) open.message = change(open.message);
  open.replies = open.replies.map((one) => (one.seq === seq ? change(one) : one));
}

export function trimThread(state: State, room: RoomState, before: number): void {
  const { open } = state.threads;
  if (!open || open.room !== room.info.id) return;
  open.replies = open.replies.filter((one) => one.at >= before);
  if (open.message && open.message.at < before) open.message = null;
}

export function foldThread(turn: Turn, answer: AnswerOf<'message.thread'>): void {
  const { state } = turn;
  const { open } = state.threads;
  const { room: id, root, before } = answer.params;
  const room = state.rooms.get(id);
  if (!open || !room || open.room !== id || open.root !== root) return;
  open.loading = false;
  if (!answer.result) {
    open.error = answer.error!.message;
    open.retryAt = mayPass(answer.error!) ? state.now + Math.max(kRetryPause, answer.error!.retryAfterMs ?? 0) : Infinity;
    return;
  }
  const { result } = answer;
  learnPeople(turn, result.users);
  open.error = '';
  const messages = result.messages.map(stripTombstone);
  if (before === undefined) {
    // What came while it was under way is newer than the page.
    const newer = open.replies.filter((one) => one.seq > result.seq);
    open.answered = true;
    open.rootless = !result.root;
    open.message = result.root ? stripTombstone(result.root) : null;
    open.replies = [...messages, ...newer];
    open.following = result.following;
  } else {
    open.replies = [...messages.filter((one) => one.seq < (open.replies[0]?.seq ?? Infinity)), ...open.replies];
  }
  open.more = result.more.before && messages.length > 0;
  for (const message of messages) needPerson(turn, message.author);
}

// The connection is back: what went by meanwhile isn't known.
export function askThreadAgain(turn: Turn): void {
  const { threads } = turn.state;
  loadThreads(turn);
  if (!threads.open) return;
  threads.open.answered = threads.open.loading = false;
  askReplies(turn, threads.open);
}
export function retryThread(turn: Turn): void {
  const { open } = turn.state.threads;
  if (open?.error && !open.loading && isOnline(turn.state) && open.retryAt <= turn.state.now) {
    open.error = '';
    askReplies(turn, open);
  }
}
// They may never have happened at the server.
export function forgetReplies(state: State): void {
  state.threads.list = [];
  state.threads.unread = 0;
  if (state.threads.open) Object.assign(state.threads.open, { message: null, replies: [] });
}
export function loseThreadAnswers(state: State): void {
  const { threads } = state;
  threads.loading = threads.again = false;
  if (threads.open) threads.open.answered = threads.open.loading = false;
}

// ---- Following, and what is unread ----

export function loadThreads(turn: Turn): void {
  const { threads } = turn.state;
  if (threads.loading) threads.again = true;
  else threads.loading = turn.call('thread.list', { limit: kPage });
}
export function loadMoreThreads(turn: Turn): void {
  const { threads } = turn.state;
  const last = threads.list[threads.list.length - 1];
  if (!threads.more || threads.loading || !last) return;
  threads.loading = turn.call('thread.list', { limit: kPage, beyond: { at: last.last_at, room: last.room, seq: last.root } });
}

export function foldThreadList(turn: Turn, answer: AnswerOf<'thread.list'>): void {
  const { threads } = turn.state;
  threads.loading = false;
  if (threads.again) {
    threads.again = false;
    return loadThreads(turn);
  }
  threads.error = answer.error?.message ?? '';
  if (!answer.result) return;
  const { result, params } = answer;
  learnPeople(turn, result.users);
  const rows = result.threads.map((one) => ({ ...one, ...(one.message && { message: stripTombstone(one.message) }) }));
  const known = params.beyond ? threads.list.filter((one) => !rows.some((row) => row.room === one.room && row.root === one.root)) : [];
  threads.list = [...known, ...rows];
  threads.more = result.more;
  threads.unread = result.unread;
}

export function foldFollowed(turn: Turn, event: Events['thread.followed']): void {
  const { threads } = turn.state;
  const { room, root, following } = event;
  if (threads.open?.room === room && threads.open.root === root) threads.open.following = following;
  const known = threads.list.find((one) => one.room === room && one.root === root);
  const unreadBefore = known && known.following.on && known.following.unread > 0 ? 1 : 0;
  // A thread that isn't in the list, or leaves it: its place and the whole count are the server's to say.
  if (!known || !following.on || following.unread > known.following.unread) return loadThreads(turn);
  threads.list = threads.list.map((one) => (one === known ? { ...one, following } : one));
  threads.unread += (following.unread > 0 ? 1 : 0) - unreadBefore;
}

export function follows(state: State, room: number, root: number): boolean {
  const { open, list } = state.threads;
  if (open?.room === room && open.root === root) return open.following.on;
  return list.some((one) => one.room === room && one.root === root && one.following.on);
}

export function unreadReplies(state: State, room: number, root: number): number {
  const following = state.threads.list.find((one) => one.room === room && one.root === root)?.following;
  return following?.on ? following.unread : 0;
}

export function followThread(turn: Turn, on: boolean): void {
  const { open } = turn.state.threads;
  if (!open) return;
  if (!turn.call('thread.follow', { room: open.room, root: open.root, on })) showToast(turn, kOffline);
}
export function foldFollow(turn: Turn, answer: AnswerOf<'thread.follow'> | AnswerOf<'thread.mark_read'>): void {
  if (answer.error) return answer.method === 'thread.follow' ? showToast(turn, answer.error.message) : undefined;
  foldFollowed(turn, { room: answer.params.room, root: answer.params.root, following: answer.result!.following });
}

// Whether it makes a difference that the newest reply is on the screen.
export function mayBeSeen(state: State): boolean {
  const { open } = state.threads;
  const newest = open?.replies[open.replies.length - 1]?.seq ?? 0;
  return isOnline(state) && !!open?.answered && open.following.on && open.following.unread > 0 && newest > open.following.read;
}

// The newest reply was on the screen of a focused window.
export function seeThread(turn: Turn): void {
  const { open } = turn.state.threads;
  if (!open || !mayBeSeen(turn.state)) return;
  const newest = open.replies[open.replies.length - 1]!.seq;
  if (turn.call('thread.mark_read', { room: open.room, root: open.root, seq: newest })) open.following = { ...open.following, read: newest, unread: 0 };
}

// ---- Writing ----

export function saveThreadDraft(turn: Turn, room: number, root: number): void {
  const draft = turn.state.threads.drafts.get(threadKey(room, root));
  if (!draft?.due) return;
  turn.state.threads.drafts.set(threadKey(room, root), { ...draft, due: 0 });
  turn.effect({ type: 'save_draft', room, thread: root, text: draft.text });
}
export function saveThreadDrafts(turn: Turn, dueOnly: boolean): void {
  for (const [key, draft] of turn.state.threads.drafts) {
    const [room, root] = key.split('/').map(Number);
    if (draft.due && (!dueOnly || draft.due <= turn.state.now)) saveThreadDraft(turn, room!, root!);
  }
}

export function changeThreadDraft(turn: Turn, room: number, root: number, text: string): void {
  const { state } = turn;
  const draft = draftIn(state, room, root);
  if (draft.editing) return changeDraft(state, room, root, { edited: text });
  if (draft.text !== text) changeDraft(state, room, root, { text, due: draft.due || state.now + kDraftPause });
}

// Before what the person wrote meanwhile, never instead of it.
export function takeIntoThreadDraft(turn: Turn, room: number, root: number, text: string): void {
  const draft = draftIn(turn.state, room, root);
  changeDraft(turn.state, room, root, { text: draft.text ? `${text}\n${draft.text}` : text, version: draft.version + 1, due: turn.state.now || 1 });
  saveThreadDraft(turn, room, root);
}

// In the open thread, what it began with included.
function ownMessage(state: State, seq: number): Message | undefined {
  const { open } = state.threads;
  const found = open?.root === seq ? open.message : open?.replies.find((one) => one.seq === seq);
  return found && isMe(state, found.author) && !found.deleted ? found : undefined;
}

export function editReply(turn: Turn, seq: number, text?: string): void {
  const { state } = turn;
  const { open } = state.threads;
  const own = seq ? ownMessage(state, seq) : open?.replies.filter((one) => ownMessage(state, one.seq)).at(-1);
  if (!open || !own) return;
  saveThreadDraft(turn, open.room, open.root);
  changeDraft(state, open.room, open.root, { editing: own.seq, edited: text ?? own.text, version: draftIn(state, open.room, open.root).version + 1 });
}
export function stopEditingReply(state: State, room: number, root: number): void {
  const draft = draftIn(state, room, root);
  if (draft.editing) changeDraft(state, room, root, { editing: 0, edited: '', version: draft.version + 1 });
}

// The message that is being edited was deleted: what was written about it becomes a draft, also in a thread that isn't open.
export function leaveDeletedReply(turn: Turn, room: number, seq: number): void {
  for (const [key, draft] of turn.state.threads.drafts) {
    const [id, root] = key.split('/').map(Number);
    if (id !== room || draft.editing !== seq) continue;
    const written = findMessage(turn.state, room, seq)?.text === draft.edited ? '' : draft.edited;
    stopEditingReply(turn.state, room, root!);
    if (written) takeIntoThreadDraft(turn, room, root!, written);
  }
}

// A refused change comes back to where it was written. True: it was of a thread.
export function takeBackReplyEdit(turn: Turn, room: number, seq: number, text: string, root: number): void {
  const { open } = turn.state.threads;
  const again = open?.room === room && open.root === root && !draftIn(turn.state, room, root).editing && ownMessage(turn.state, seq);
  if (again) return editReply(turn, seq, text);
  takeIntoThreadDraft(turn, room, root, text);
}

export function sendInThread(turn: Turn, room: RoomState, root: number, typed: string): void {
  const { state } = turn;
  const id = room.info.id;
  const text = typed.trim();
  const draft = draftIn(state, id, root);
  const takeBack = (why: string): void => {
    showToast(turn, why);
    changeDraft(state, id, root, { ...(draft.editing ? { edited: typed } : { text: typed }), version: draft.version + 1 });
  };
  if (!text) return;
  if (bytesOf(text) > kMaxTextBytes) return takeBack("That's longer than a message can be (16 KiB). Shorten it, or send it in parts.");
  if (draft.editing) {
    const same = ownMessage(state, draft.editing)?.text === text;
    if (same || turn.call('message.edit', { room: id, seq: draft.editing, text }, { why: 'thread', root })) return stopEditingReply(state, id, root);
    return takeBack("You're offline. The message stays as it was.");
  }
  if (isCommand(text)) return takeBack('Commands belong in the room. Type this one there.');
  changeDraft(state, id, root, { text: '', version: draft.version + 1, due: state.now || 1 });
  sendReply(turn, room, text, root);
}
