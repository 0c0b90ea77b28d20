import type { RoomState, State } from './state.ts';
import { isMe } from './state.ts';

export function personName(state: State, user: number): string {
  const known = state.people.get(user)?.user;
  return known?.display_name || known?.name || 'Somebody';
}

// "Jonas" of "Jonas Berg": in a list of several people first names are enough.
function firstWord(name: string): string {
  const end = name.indexOf(' ');
  return end <= 0 ? name : name.slice(0, end);
}

export function roomName(state: State, room: RoomState): string {
  if (room.info.kind !== 'direct') return room.info.name;
  const names = (room.info.users ?? []).filter((user) => !isMe(state, user.id)).map((user) => personName(state, user.id));
  if (!names.length) return 'Just you';
  return names.length === 1 ? names[0]! : names.map(firstWord).join(', ');
}

// The one other person of a direct room; 0: it has several, or isn't one.
export function onlyOther(state: State, room: RoomState): number {
  if (room.info.kind !== 'direct') return 0;
  const others = (room.info.users ?? []).filter((user) => !isMe(state, user.id));
  return others.length === 1 ? others[0]!.id : 0;
}

// Without case and accents: as a person compares names when they type.
export function folded(name: string): string {
  return name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
export function sameName(a: string, b: string): boolean {
  return a.normalize('NFC').toLowerCase() === b.normalize('NFC').toLowerCase();
}
// Whether what was typed is the beginning of one of the words.
export function matches(typed: string, ...names: string[]): boolean {
  const query = folded(typed.trim());
  return query === '' || names.some((name) => folded(name).split(/[\s._-]+/).some((word) => word.startsWith(query)) || folded(name).startsWith(query));
}
