import type { Events, User } from '../wire/catalogue.ts';
import { kMaxPage, kMaxWatched } from '../wire/limits.ts';
import type { Presence, RoomState, State } from './state.ts';
import { isMe, isOnline } from './state.ts';
import type { AnswerOf, Turn } from './turn.ts';

const kTypingLasts = 5_000;

function same(a: User, b: User): boolean {
  return a.name === b.name && a.display_name === b.display_name && a.role === b.role;
}

export function learnPeople(turn: Turn, users: User[]): void {
  const { state } = turn;
  const changed: User[] = [];
  for (const user of users) {
    const known = state.people.get(user.id);
    state.peopleMissing.delete(user.id);
    if (known && same(known.user, user)) continue;
    state.people.set(user.id, { presence: known?.presence ?? 'offline', status: known?.status ?? '', user });
    if (isMe(state, user.id)) state.me = user;
    changed.push(user);
  }
  if (changed.length) turn.effect({ type: 'store_people', people: changed });
}

export function needPerson(turn: Turn, user: number): void {
  const { state } = turn;
  if (!user || state.people.has(user) || state.peopleAsked.has(user)) return;
  state.peopleMissing.add(user);
}

export function askForMissingPeople(turn: Turn): void {
  const { state } = turn;
  if (!state.peopleMissing.size || !isOnline(state)) return;
  const users = [...state.peopleMissing].slice(0, kMaxPage);
  for (const user of users) {
    state.peopleAsked.add(user);
    state.peopleMissing.delete(user);
  }
  turn.call('user.get', { users });
}

export function watchPresence(turn: Turn): void {
  const { state } = turn;
  if (!state.watchDue || !isOnline(state)) return;
  state.watchDue = false;
  const wanted = new Set<number>(state.me ? [state.me.id] : []);
  for (const room of state.rooms.values()) for (const user of room.info.users ?? []) wanted.add(user.id);
  for (const member of state.rooms.get(state.openRoom)?.members ?? []) wanted.add(member.user);
  const users = [...wanted].slice(0, kMaxWatched).sort((a, b) => a - b);
  const key = users.join();
  if (key === state.watched) return;
  state.watched = key;
  turn.call('presence.watch', { users });
}

export function setPresence(state: State, of: { user: number; state: Presence; text?: string }): void {
  const person = state.people.get(of.user);
  if (!person) return;
  state.people.set(of.user, { ...person, presence: of.state, status: of.text ?? '' });
  if (isMe(state, of.user) && of.state !== 'offline') {
    state.ownPresence = of.state;
    state.ownStatus = of.text ?? '';
  }
}

export function forgetPresence(state: State): void {
  for (const [id, person] of state.people) state.people.set(id, { ...person, presence: 'offline', status: '' });
  for (const room of state.rooms.values()) room.typing.clear();
  state.watched = '';
  state.watchDue = true;
}

export function foldTyping(state: State, event: Events['typing']): void {
  const room = state.rooms.get(event.room);
  if (room && !isMe(state, event.user)) room.typing.set(event.user, state.now + kTypingLasts);
}
export function forgetTyping(room: RoomState, user: number): void {
  room.typing.delete(user);
}

export function foldPeople(turn: Turn, answer: AnswerOf<'user.get'>): void {
  if (answer.result) return learnPeople(turn, answer.result.users);
  for (const user of answer.params.users) turn.state.peopleAsked.delete(user);
}
