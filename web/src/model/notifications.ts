import type { Message } from '../wire/catalogue.ts';
import { wordsOf } from './files.ts';
import { personName, roomName } from './names.ts';
import type { RoomState, State } from './state.ts';
import { isMe } from './state.ts';
import { follows } from './threads.ts';
import type { Turn } from './turn.ts';
import { say } from './turn.ts';

const kNotifiedLength = 200;

// As the server counts mentions: not within a word, not in `code`.
export function mentionsMe(state: State, text: string): boolean {
  if (!state.me) return false;
  const spoken = text.replace(/```[\s\S]*?```|`[^`\n]*`/g, ' ');
  for (const [, name] of spoken.matchAll(/(?<![A-Za-z0-9._-])@([A-Za-z0-9._-]+)/g)) {
    const called = name!.toLowerCase().replace(/[._-]+$/, '');
    if (called === 'room' || called === state.me.name.toLowerCase()) return true;
  }
  return false;
}

export function notifyOf(turn: Turn, room: RoomState, message: Message): void {
  const { state } = turn;
  if (!state.me || isMe(state, message.author)) return;
  const who = personName(state, message.author);
  const text = wordsOf(message).slice(0, kNotifiedLength);
  // What is on the screen is read out once, and needs no notification.
  const thread = message.thread ?? 0;
  const seen = thread ? state.panel === 'thread' && state.threads.open?.room === room.info.id && state.threads.open.root === thread : state.openRoom === room.info.id;
  if (state.focused && seen) return say(state, `${who}: ${text}`);
  if (state.settings.doNotDisturb) return;
  const direct = room.info.kind === 'direct';
  const named = mentionsMe(state, message.text);
  const followed = thread > 0 && follows(state, room.info.id, thread);
  if (!named && !(thread ? followed : direct)) return;
  if (state.focused) say(state, followed ? `${who} replied in a thread that you follow` : direct ? `${who} wrote to you` : `${who} mentioned you in ${roomName(state, room)}`);
  turn.effect({ type: 'notify', room: room.info.id, title: direct ? who : `${who} in #${room.info.name}`, text });
}
