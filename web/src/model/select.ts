import type { Message } from '../wire/catalogue.ts';
import { wordsOf } from './files.ts';
import { hasOlder } from './history.ts';
import { personName, roomName } from './names.ts';
import type { OutboxEntry, RoomState, State } from './state.ts';
import { isMe } from './state.ts';
import type { Notice } from './timeline.ts';
import type { OpenThread } from './threads.ts';
import { findMessage, threadKey, unreadReplies } from './threads.ts';
import { dateTime, dayKey, dayWords } from './words.ts';

// What views draw, made from the state.

const kGroupWithin = 5 * 60_000;
const kExcerpt = 120;

export type Row =
  | { kind: 'beginning' | 'unread'; key: string; text: string }
  | { kind: 'day'; key: string; text: string }
  | { kind: 'notice'; key: string; seq: number; text: string; at: number }
  | { kind: 'message'; key: string; seq: number; message: Message; grouped: boolean; names: string }
  | { kind: 'pending'; key: string; entry: OutboxEntry; grouped: boolean };

export function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > kExcerpt ? `${line.slice(0, kExcerpt)}…` : line;
}

// Of a message, for what speaks of it elsewhere.
export function excerptOf(message: Message): string {
  return oneLine(wordsOf(message));
}

export function noticeWords(state: State, notice: Notice): string {
  const who = notice.who ? personName(state, notice.who) : 'Somebody';
  const by = notice.by ? personName(state, notice.by) : 'Somebody';
  const text = notice.text ?? '';
  switch (notice.kind) {
    case 'joined': return `${who} joined`;
    case 'left': return `${who} left`;
    case 'added': return `${by} added ${who}`;
    case 'removed': return `${by} removed ${who}`;
    case 'renamed': return `${who} renamed the room to #${text}`;
    case 'topic': return text ? `${who} set the topic: ${text}` : `${who} cleared the topic`;
    case 'locked': return `${who} locked the room`;
    case 'unlocked': return `${who} unlocked the room`;
    case 'slow_mode': return text ? `${who} set slow mode: one message each in ${text}` : `${who} ended slow mode`;
    case 'opened_from_now': return `${who} made the room public: newcomers read what is written from here on`;
    case 'opened_with_history': return `${who} made the room public, with everything that was written before`;
    case 'made_private': return `${who} made the room private`;
    case 'archived': return `${who} archived the room`;
    case 'unarchived': return `${who} opened the ${text || 'room'} again`;
    case 'asked': return `${who} asked to chat`;
    case 'accepted': return `${who} accepted`;
    case 'declined': return `${who} declined`;
    case 'ended': return `${who} ended the conversation`;
  }
}

export function tombstone(state: State, message: Message): string {
  const byAuthor = !message.deleted_by || message.deleted_by === message.author;
  if (byAuthor) return 'This message was deleted.';
  const who = `Deleted by ${personName(state, message.deleted_by!)}`;
  return message.delete_reason ? `${who}: ${message.delete_reason}` : `${who}.`;
}

// "Amara Osei, Priya Nair and you"
export function namesOf(state: State, users: number[]): string {
  const names = users.filter((user) => !isMe(state, user)).slice(0, 12).map((user) => personName(state, user));
  if (users.some((user) => isMe(state, user))) names.push('you');
  if (users.length > names.length) names.push(`${users.length - names.length} more`);
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;
}

function greeting(state: State, room: RoomState): string {
  const name = roomName(state, room);
  return room.info.kind === 'direct' ? `This is the beginning of your conversation with ${name}.` : `This is the beginning of #${name}.`;
}

// Whose changes a row of this message has to show besides its own: names of those in it, and what it answers.
function drawnNames(state: State, room: RoomState, message: Message): string {
  const answered = message.reply_to ? findMessage(state, room.info.id, message.reply_to) : undefined;
  return [personName(state, message.author), answered && personName(state, answered.author), answered?.changed, answered?.text.length,
    message.deleted_by && personName(state, message.deleted_by), ...(message.replies?.repliers ?? []).map((user) => personName(state, user)),
    unsentIn(state, room.info.id, message.seq), unreadReplies(state, room.info.id, message.seq)].join('\u0000');
}

// Rows in their order, with a line where a day begins, and without the head where somebody goes on.
class Rows {
  readonly rows: Row[] = [];
  private day = '';
  private author = 0;
  private at = 0;
  constructor(private readonly state: State, private readonly room: RoomState) {}

  // Whoever writes next has a head.
  interrupt(): void {
    this.author = 0;
  }
  beginDay(time: number): void {
    const key = dayKey(time);
    if (key === this.day) return;
    this.day = key;
    this.interrupt();
    this.rows.push({ kind: 'day', key: `day${key}`, text: dayWords(time, this.state.wall) });
  }
  add(message: Message, key: string): void {
    const grouped = message.author === this.author && message.at - this.at < kGroupWithin && !message.reply_to && !message.deleted;
    this.rows.push({ kind: 'message', key, seq: message.seq, message, grouped, names: drawnNames(this.state, this.room, message) });
    this.author = message.deleted ? 0 : message.author;
    this.at = message.at;
  }
  // What isn't sent yet, in the room or in one of its threads.
  addPending(thread?: number): void {
    for (const entry of this.state.outbox) {
      const { row } = entry;
      if (row.room !== this.room.info.id || row.thread !== thread) continue;
      this.beginDay(row.at);
      const grouped = isMe(this.state, this.author) && row.at - this.at < kGroupWithin && !row.reply_to;
      this.rows.push({ kind: 'pending', key: row.client_id, entry, grouped });
      this.author = this.state.me?.id ?? 0;
      this.at = row.at;
    }
  }
}

export function selectRows(state: State, room: RoomState): Row[] {
  const made = new Rows(state, room);
  const { rows } = made;
  const { timeline } = room;
  if (timeline.loaded && !hasOlder(room)) rows.push({ kind: 'beginning', key: 'beginning', text: greeting(state, room) });
  let unreadShown = room.unreadAfter < 0;
  for (const entry of timeline.entries) {
    const { message, notice } = entry;
    if (message?.thread) continue;
    made.beginDay(message?.at ?? notice!.at);
    if (!unreadShown && entry.seq > room.unreadAfter && message && !isMe(state, message.author)) {
      unreadShown = true;
      made.interrupt();
      rows.push({ kind: 'unread', key: 'unread', text: 'new' });
    }
    if (notice) {
      rows.push({ kind: 'notice', key: entry.key, seq: entry.seq, at: notice.at, text: noticeWords(state, notice) });
      made.interrupt();
    } else {
      made.add(message!, entry.key);
    }
  }
  if (timeline.live) made.addPending();
  return rows;
}

// The message that it began with, the replies, and what isn't sent yet.
export function selectThreadRows(state: State, room: RoomState, open: OpenThread): Row[] {
  const made = new Rows(state, room);
  const keyOf = (message: Message): string => message.client_id ?? `m${message.seq}`;
  for (const message of [...(open.message ? [open.message] : []), ...open.replies]) {
    made.beginDay(message.at);
    if (message === open.replies[0]) made.interrupt();
    made.add(message, keyOf(message));
  }
  made.addPending(open.root);
  return made.rows;
}

// "3 replies, the last one today at 14:02, by Amara Osei and you"; what is under a message that began a thread.
export function repliesWords(state: State, message: Message): { count: string; last: string; who: string } {
  const { replies } = message;
  if (!replies) return { count: '', last: '', who: '' };
  return {
    count: replies.count === 1 ? '1 reply' : `${replies.count} replies`,
    last: dateTime(replies.last_at, state.wall),
    who: namesOf(state, replies.repliers),
  };
}

// Replies that the person began and didn't send, or that were refused.
export function unsentIn(state: State, room: number, root: number): '' | 'draft' | 'failed' {
  if (state.outbox.some((entry) => entry.stage === 'failed' && entry.row.room === room && entry.row.thread === root)) return 'failed';
  const draft = state.threads.drafts.get(threadKey(room, root));
  return (draft?.text.trim() || draft?.editing) && !(state.panel === 'thread' && state.threads.open?.room === room && state.threads.open.root === root) ? 'draft' : '';
}

export function typingSentence(state: State, room: RoomState): string {
  const names = [...room.typing].filter(([, until]) => until > state.now).map(([user]) => personName(state, user));
  if (!names.length) return '';
  if (names.length === 1) return `${names[0]} is typing…`;
  if (names.length === 2) return `${names[0]} and ${names[1]} are typing…`;
  if (names.length === 3) return `${names[0]}, ${names[1]} and ${names[2]} are typing…`;
  return 'Several people are typing…';
}

// For the page's title.
export function unreadTotal(state: State): number {
  let total = 0;
  for (const room of state.rooms.values()) total += room.info.mentions + (room.info.kind === 'direct' ? Math.max(0, room.info.count - room.info.marker.count - room.ownUnread.size - room.info.mentions) : 0);
  return total;
}
