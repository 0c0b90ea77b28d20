import { kCommands } from './commands.ts';
import { kEmoji } from './emoji.ts';
import { matches } from './names.ts';
import type { RoomState, State } from './state.ts';
import { moderates } from './standing.ts';

export interface Completion {
  insert: string;
  label: string;
  detail: string;
}
export interface Token {
  kind: 'person' | 'emoji' | 'command';
  begin: number;
  query: string;
}

const kMost = 8;

// The word in front of the cursor, if it asks for something.
export function findToken(text: string, cursor: number): Token | null {
  let begin = cursor;
  while (begin > 0 && !/\s/.test(text[begin - 1]!)) --begin;
  const word = text.slice(begin, cursor);
  if (word.startsWith('@')) return { kind: 'person', begin, query: word.slice(1) };
  // ":)" and "10:30" are not the start of a name.
  if (/^:[a-z0-9_+-]{2,}$/.test(word)) return { kind: 'emoji', begin, query: word.slice(1) };
  if (word.startsWith('/') && begin === 0) return { kind: 'command', begin, query: word.slice(1) };
  return null;
}

export function complete(state: State, room: RoomState, token: Token): Completion[] {
  const { query } = token;
  if (token.kind === 'emoji') {
    const first = kEmoji.filter(([name]) => name.startsWith(query));
    const rest = kEmoji.filter(([name]) => !name.startsWith(query) && name.includes(query));
    return [...first, ...rest].slice(0, kMost).map(([name, emoji]) => ({ insert: emoji, label: emoji, detail: `:${name}:` }));
  }
  if (token.kind === 'command') {
    return kCommands.filter((command) => command.name.slice(1).startsWith(query) && (!command.forModerators || moderates(state, room)))
      .slice(0, kMost).map((command) => ({ insert: command.name, label: command.usage, detail: command.meaning }));
  }
  const people = room.info.kind === 'direct' ? (room.info.users ?? []) : room.members.map((member) => state.people.get(member.user)?.user);
  const found: Completion[] = [];
  for (const user of people)
    if (user && matches(query, user.name, user.display_name)) found.push({ insert: `@${user.name}`, label: user.display_name || user.name, detail: `@${user.name}` });
  found.sort((a, b) => a.label.localeCompare(b.label));
  if (matches(query, 'room')) found.push({ insert: '@room', label: 'Everyone in the room', detail: '@room' });
  return found.slice(0, kMost);
}
