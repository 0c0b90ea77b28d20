import type { Methods } from '../wire/catalogue.ts';
import { kForbidden } from '../wire/failure.ts';
import { giveBack, sendMessage } from './composer.ts';
import { parseLength } from './lengths.ts';
import { sameName } from './names.ts';
import { learnPeople } from './people.ts';
import { joinByName } from './rooms.ts';
import { askReason, takeAction } from './reasons.ts';
import type { ReasonedAct, RoomState, State } from './state.ts';
import type { AnswerOf, MethodName, Turn } from './turn.ts';
import { kOffline, showToast } from './turn.ts';

export interface Command {
  name: string;
  usage: string;
  meaning: string;
  forModerators?: boolean;
}

export const kCommands: Command[] = [
  { name: '/me', usage: '/me waves', meaning: 'Say what you do' },
  { name: '/topic', usage: '/topic new topic', meaning: "Set the room's topic", forModerators: true },
  { name: '/invite', usage: '/invite name', meaning: 'Bring somebody into this room' },
  { name: '/join', usage: '/join room', meaning: 'Go to a public room' },
  { name: '/msg', usage: '/msg name', meaning: 'Write to one person' },
  { name: '/leave', usage: '/leave', meaning: 'Leave this room' },
  { name: '/end', usage: '/end', meaning: 'End this conversation for all its people' },
  { name: '/online', usage: '/online [text]', meaning: 'Be shown as online' },
  { name: '/away', usage: '/away [text]', meaning: 'Be shown as away' },
  { name: '/busy', usage: '/busy [text]', meaning: 'Be shown as busy' },
  { name: '/mute', usage: '/mute name [1h] reason', meaning: 'Keep somebody from posting here', forModerators: true },
  { name: '/unmute', usage: '/unmute name', meaning: 'Let somebody post again', forModerators: true },
  { name: '/kick', usage: '/kick name reason', meaning: 'Remove somebody from this room', forModerators: true },
  { name: '/ban', usage: '/ban name [1d] reason', meaning: 'Keep somebody out of this room', forModerators: true },
  { name: '/unban', usage: '/unban name', meaning: 'Let somebody join again', forModerators: true },
  { name: '/lock', usage: '/lock reason', meaning: 'Let only moderators post', forModerators: true },
  { name: '/unlock', usage: '/unlock reason', meaning: 'Let everybody post again', forModerators: true },
  { name: '/slow', usage: '/slow 30s reason', meaning: 'One message each in so many seconds; /slow off', forModerators: true },
  { name: '/archive', usage: '/archive reason', meaning: 'Close this room; it can still be read', forModerators: true },
  { name: '/keys', usage: '/keys', meaning: 'Keyboard shortcuts' },
];

// The first word, and what stands behind it.
function takeWord(text: string): [string, string] {
  const found = /^(\S*)\s*([\s\S]*)$/.exec(text)!;
  return [found[1]!, found[2]!];
}

function findKnown(state: State, name: string): number {
  let found = 0;
  for (const [id, person] of state.people) {
    if (person.user.name === name) return id;
    if (sameName(person.user.name, name)) found = id;
  }
  return found;
}

interface Written {
  room: number;
  text: string;
}

// Who is called that; 0 when it isn't known here: then the server is asked, and the command is run again if it
// knows, or, said, when it can't be.
function findNamed(turn: Turn, written: Written, given: string): number {
  const name = given.replace(/^@/, '');
  if (!name) {
    showToast(turn, 'Who? Type a name after the command.');
    return 0;
  }
  const known = findKnown(turn.state, name);
  if (known) return known;
  if (!turn.call('user.list', { query: name }, { why: 'find_person', ...written, name }))
    showToast(turn, `@${name} isn't known on this device. ${kOffline}`);
  return 0;
}

// False: offline, and the text stays.
function send<M extends MethodName>(turn: Turn, written: Written, method: M, params: Methods[M]['params']): boolean {
  const sent = turn.call(method, params, { why: 'typed', ...written });
  if (!sent) showToast(turn, kOffline);
  return sent;
}

// With its reason it is done at once; without, the dialog asks.
function act(turn: Turn, written: Written, what: ReasonedAct, user: number, reason: string, seconds = 0, askLength = false): boolean {
  if (reason && !askLength) return takeAction(turn, { act: what, room: written.room, seq: 0, user, reason, seconds }, { why: 'typed', ...written });
  askReason(turn, { act: what, room: written.room, seq: 0, user, reason, seconds });
  return true;
}

function actAgainst(turn: Turn, written: Written, what: 'mute' | 'kick' | 'ban', rest: string): boolean {
  const [name, behind] = takeWord(rest);
  const user = findNamed(turn, written, name);
  if (!user) return false;
  if (what === 'kick') return act(turn, written, what, user, behind);
  const [word, reason] = takeWord(behind);
  const seconds = parseLength(word);
  return act(turn, written, what, user, seconds ? reason : behind, seconds || 3_600, !seconds);
}

export function setOwnPresence(turn: Turn, presence: 'online' | 'away' | 'busy', text: string): void {
  turn.state.ownPresence = presence;
  turn.state.ownStatus = text;
  if (!turn.call('presence.set', { state: presence, ...(text && { text }) })) showToast(turn, kOffline);
}

// False: it isn't done, and its text goes back into the composer.
export function runCommand(turn: Turn, room: RoomState, text: string): boolean {
  const written = { room: room.info.id, text };
  const [name, rest] = takeWord(text);
  switch (name) {
    case '/topic':
      return send(turn, written, 'room.update', { room: written.room, topic: rest });
    case '/join':
      return rest ? joinByName(turn, written.room, text, rest) : false;
    case '/msg': {
      const user = findNamed(turn, written, takeWord(rest)[0]);
      return user ? send(turn, written, 'direct.open', { users: [user] }) : false;
    }
    case '/invite': {
      const user = findNamed(turn, written, takeWord(rest)[0]);
      return user ? send(turn, written, 'room.add_member', { room: written.room, user }) : false;
    }
    case '/leave':
      return send(turn, written, 'room.leave', { room: written.room });
    case '/end':
      return send(turn, written, 'direct.end', { room: written.room });
    case '/online':
    case '/away':
    case '/busy':
      setOwnPresence(turn, name.slice(1) as 'online' | 'away' | 'busy', rest);
      return true;
    case '/keys':
      turn.state.dialog = { kind: 'keys' };
      return true;
    case '/mute':
    case '/kick':
    case '/ban':
      return actAgainst(turn, written, name.slice(1) as 'mute' | 'kick' | 'ban', rest);
    case '/lock':
    case '/unlock':
    case '/archive':
      return act(turn, written, name.slice(1) as ReasonedAct, 0, rest);
    case '/slow': {
      const [word, reason] = takeWord(rest);
      const off = word === 'off' || word === '0';
      const seconds = off ? 0 : parseLength(word);
      return act(turn, written, 'slow_mode', 0, off || seconds ? reason : '', seconds || (off ? 0 : 30), !off && !seconds);
    }
    case '/unmute':
    case '/unban': {
      const user = findNamed(turn, written, takeWord(rest)[0]);
      if (!user) return false;
      return send(turn, written, name === '/unmute' ? 'moderation.unmute' : 'moderation.unban', { room: written.room, user });
    }
    default:
      showToast(turn, "There's no such command. Type / to see them all.");
      return false;
  }
}

// The directory finds the beginnings of names, display names too: the one that is meant may be on a later page.
export function foldFoundPerson(turn: Turn, answer: AnswerOf<'user.list'>): void {
  const { purpose, result, params } = answer;
  if (purpose?.why !== 'find_person') return;
  const refuse = () => showToast(turn, `There's nobody here named @${purpose.name}.`);
  if (!result) {
    // Guests have no directory.
    return answer.error!.status === kForbidden ? refuse() : showToast(turn, answer.error!.message);
  }
  const found = result.users.find((user) => sameName(user.name, purpose.name));
  if (found) {
    learnPeople(turn, [found]);
    const room = turn.state.rooms.get(purpose.room);
    // Who has typed on meanwhile presses Enter again.
    if (room && !room.editing && room.draft.trim() === purpose.text) sendMessage(turn, purpose.room, room.draft);
    return;
  }
  const last = result.users[result.users.length - 1];
  if (!result.more || !last || last.name === params.after) return refuse();
  if (!turn.call('user.list', { ...params, after: last.name }, purpose)) showToast(turn, kOffline);
}

// Of what a command asked for: refused, its text comes back into the composer, and why is said.
export function foldTyped(turn: Turn, answer: { purpose?: { why: string }; error?: { message: string } }): void {
  if (!answer.error) return;
  const purpose = answer.purpose as { why: string; room: number; text: string } | undefined;
  if (purpose?.why === 'typed') giveBack(turn, purpose);
  showToast(turn, answer.error.message);
}
