import type { Message } from '../wire/catalogue.ts';
import { wordsOf } from './files.ts';
import { personName, roomName } from './names.ts';
import type { RoomState, State } from './state.ts';
import { isMe } from './state.ts';
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
  if (state.focused && state.openRoom === room.info.id) return say(state, `${who}: ${text}`);
  if (state.settings.doNotDisturb) return;
  const direct = room.info.kind === 'direct';
  const named = mentionsMe(state, message.text);
  if (!direct && !named) return;
  if (state.focused) say(state, direct ? `${who} wrote to you` : `${who} mentioned you in ${roomName(state, room)}`);
  turn.effect({ type: 'notify', room: room.info.id, title: direct ? who : `${who} in #${room.info.name}`, text });
}
