import { kMaxTextBytes } from '../wire/limits.ts';
import type { Message } from '../wire/catalogue.ts';
import { runCommand } from './commands.ts';
import { draftChanged } from './draft_sync.ts';
import { jumpToNewest } from './history.ts';
import { addToOutbox } from './outbox.ts';
import type { RoomState, State } from './state.ts';
import { isMe } from './state.ts';
import { takeBackReplyEdit } from './threads.ts';
import type { AnswerOf, Turn } from './turn.ts';
import { showToast } from './turn.ts';
import { attachedTo } from './uploads.ts';

const kDraftPause = 1_000;
const kTypingPause = 3_000;

export function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

function setDraft(turn: Turn, room: RoomState, text: string): void {
  room.draft = text;
  ++room.draftVersion;
  room.draftDue = turn.state.now || 1;
  draftChanged(turn.state, room.info.id);
}

// By what another device wrote.
export function replaceDraft(turn: Turn, room: RoomState, text: string): void {
  if (room.editing) room.keptDraft = text;
  else {
    room.draft = text;
    ++room.draftVersion;
    room.draftDue = 0;
  }
  turn.effect({ type: 'save_draft', room: room.info.id, text });
}

export function saveDraft(turn: Turn, room: RoomState): void {
  if (!room.draftDue) return;
  room.draftDue = 0;
  turn.effect({ type: 'save_draft', room: room.info.id, text: room.editing ? room.keptDraft : room.draft });
}

export function saveDueDrafts(turn: Turn): void {
  for (const room of turn.state.rooms.values()) if (room.draftDue && room.draftDue <= turn.state.now) saveDraft(turn, room);
}

function edit(turn: Turn, room: RoomState, message: Message): void {
  if (!room.editing) {
    saveDraft(turn, room);
    room.keptDraft = room.draft;
  }
  room.editing = message.seq;
  room.replyTo = 0;
  room.draft = message.text;
  ++room.draftVersion;
}

function findOwn(state: State, room: RoomState, seq: number): Message | undefined {
  const message = room.timeline.message(seq);
  return message && isMe(state, message.author) && !message.deleted ? message : undefined;
}

export function stopEditing(room: RoomState): void {
  if (!room.editing) return;
  room.editing = 0;
  room.draft = room.keptDraft;
  room.keptDraft = '';
  ++room.draftVersion;
}

function sendEdit(turn: Turn, room: RoomState, text: string): void {
  const seq = room.editing;
  if (findOwn(turn.state, room, seq)?.text === text) return stopEditing(room);
  if (turn.call('message.edit', { room: room.info.id, seq, text })) return stopEditing(room);
  showToast(turn, "You're offline. The message stays as it was.");
  room.draft = text;
  ++room.draftVersion;
}

// A path such as /etc/hosts is text.
export function isCommand(text: string): boolean {
  const [word] = text.split(/[ \n]/, 1);
  return word!.length > 1 && word!.startsWith('/') && !word!.includes('/', 1) && word !== '/me';
}

// The composer has let go of the text already.
function takeBack(room: RoomState, typed: string): void {
  room.draft = typed;
  ++room.draftVersion;
}

export function sendMessage(turn: Turn, id: number, typed: string): void {
  const room = turn.state.rooms.get(id);
  const text = typed.trim();
  if (!room) return;
  const attached = attachedTo(turn.state, id);
  if (!text && (room.editing || !attached.length)) return;
  if (bytesOf(text) > kMaxTextBytes) {
    showToast(turn, "That's longer than a message can be (16 KiB). Shorten it, or send it in parts.");
    return takeBack(room, typed);
  }
  if (room.editing) return sendEdit(turn, room, text);
  const failed = isCommand(text) ? undefined : attached.find((entry) => entry.stage === 'failed');
  if (failed) {
    showToast(turn, `${failed.row.name} can't be sent. Remove it, or try it again.`);
    return takeBack(room, typed);
  }
  setDraft(turn, room, '');
  // What is written next is news again.
  room.typingSentAt = -Infinity;
  if (isCommand(text)) {
    if (!runCommand(turn, room, text)) {
      const still = turn.state.rooms.get(id);
      if (still) setDraft(turn, still, typed);
    }
    return;
  }
  // The answer to one's own message is at the newest end.
  if (!room.timeline.live) jumpToNewest(turn, room);
  addToOutbox(turn, room, text);
}

export function changeDraft(turn: Turn, room: RoomState, text: string): void {
  const { state } = turn;
  if (room.draft === text) return;
  room.draft = text;
  if (room.editing) return;
  if (!room.draftDue) room.draftDue = state.now + kDraftPause;
  draftChanged(state, room.info.id);
  if (!text || text.startsWith('/') || state.now < room.typingSentAt + kTypingPause) return;
  if (turn.call('typing.send', { room: room.info.id })) room.typingSentAt = state.now;
}

// Behind what the person wrote meanwhile, never instead of it.
export function takeIntoDraft(turn: Turn, room: RoomState, text: string): void {
  const own = room.editing ? room.keptDraft : room.draft;
  const both = own ? `${text}\n${own}` : text;
  if (room.editing) {
    room.keptDraft = both;
    draftChanged(turn.state, room.info.id);
    turn.effect({ type: 'save_draft', room: room.info.id, text: both });
    return showToast(turn, "Your text is back in the composer once you've finished editing.", false);
  }
  setDraft(turn, room, both);
  saveDraft(turn, room);
}

export function giveBack(turn: Turn, typed: { room: number; text: string }): void {
  const room = turn.state.rooms.get(typed.room);
  if (room) takeIntoDraft(turn, room, typed.text);
}

// The message that is being edited was deleted: what was written about it becomes a draft.
export function leaveDeleted(turn: Turn, room: RoomState, seq: number): void {
  if (room.editing !== seq) return;
  const written = findOwn(turn.state, room, seq)?.text === room.draft ? '' : room.draft;
  stopEditing(room);
  if (written) takeIntoDraft(turn, room, written);
}

export function editLast(turn: Turn, room: RoomState): void {
  const last = [...room.timeline.entries].reverse().find((entry) => !entry.message?.thread && findOwn(turn.state, room, entry.seq));
  if (last?.message) edit(turn, room, last.message);
}

export function startEdit(turn: Turn, room: RoomState, seq: number): void {
  const message = findOwn(turn.state, room, seq);
  if (message) edit(turn, room, message);
}

export function startReply(room: RoomState, seq: number): void {
  stopEditing(room);
  room.replyTo = seq;
}

// A refused change comes back into the composer: what was typed isn't lost.
export function foldEdited(turn: Turn, answer: AnswerOf<'message.edit'>): void {
  if (answer.result) return;
  const { state } = turn;
  showToast(turn, answer.error!.message);
  const room = state.rooms.get(answer.params.room);
  if (!room) return;
  if (answer.purpose?.why === 'thread') return takeBackReplyEdit(turn, room.info.id, answer.params.seq, answer.params.text, answer.purpose.root);
  const message = findOwn(state, room, answer.params.seq);
  if (!message || room.editing) return takeIntoDraft(turn, room, answer.params.text);
  edit(turn, room, message);
  room.draft = answer.params.text;
}
