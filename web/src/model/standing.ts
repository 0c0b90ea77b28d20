import type { Message } from '../wire/catalogue.ts';
import { isRequest } from './direct.ts';
import type { RoomState, State } from './state.ts';
import { isMe } from './state.ts';

// What the person may do; the server decides all the same.

function moderatesOffice(role: string | undefined): boolean {
  return role === 'moderator' || role === 'admin';
}

export function moderates(state: State, room: RoomState): boolean {
  if (!state.me || room.info.kind === 'direct') return false;
  return room.info.role === 'moderator' || moderatesOffice(state.me.role);
}

export function mayPin(state: State, room: RoomState): boolean {
  if (room.info.archived) return false;
  if (room.info.kind === 'direct') return (room.info.direct ?? 'open') === 'open';
  return moderates(state, room);
}

export function answersToMe(state: State, room: RoomState, member: { user: number; role: string }): boolean {
  if (!state.me || !moderates(state, room) || isMe(state, member.user)) return false;
  if (state.me.role === 'admin') return true;
  const office = moderatesOffice(state.people.get(member.user)?.user.role);
  return moderatesOffice(state.me.role) ? !office : !office && member.role !== 'moderator';
}

export function mayRestore(state: State, room: RoomState, message: Message): boolean {
  if (!message.deleted) return false;
  const byAuthor = !message.deleted_by || message.deleted_by === message.author;
  return byAuthor ? isMe(state, message.author) : moderates(state, room);
}

export function muteOf(state: State, room: RoomState): RoomState['info']['muted'] {
  const { muted } = room.info;
  return muted && (!muted.until || muted.until > state.wall) ? muted : undefined;
}

// Why the person can't write here; "": they can.
export function hindranceOf(state: State, room: RoomState): '' | 'archived' | 'ended' | 'asked' | 'waiting' | 'muted' | 'locked' {
  if (room.info.archived) return 'archived';
  if (room.info.direct === 'ended') return 'ended';
  if (room.info.direct === 'requested') return isRequest(room) ? 'asked' : 'waiting';
  if (muteOf(state, room)) return 'muted';
  return room.info.locked && !moderates(state, room) ? 'locked' : '';
}

// Seconds until slow mode lets them write again.
export function slowModeWait(state: State, room: RoomState): number {
  if (room.info.slow_mode_s <= 0 || moderates(state, room)) return 0;
  return Math.max(0, Math.ceil((room.postedAt + room.info.slow_mode_s * 1_000 - state.now) / 1_000));
}
