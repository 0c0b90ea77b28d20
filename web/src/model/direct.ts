import type { Events } from '../wire/catalogue.ts';
import { personName, roomName } from './names.ts';
import type { RoomState } from './state.ts';
import { isMe } from './state.ts';
import type { Notice } from './timeline.ts';
import type { Turn } from './turn.ts';
import { showToast } from './turn.ts';

// Somebody asked, and the person hasn't answered.
export function isRequest(room: RoomState): boolean {
  return room.info.direct === 'requested' && !room.info.accepted;
}

function told(turn: Turn, room: RoomState, title: string, text: string): void {
  const { state } = turn;
  if (state.settings.doNotDisturb) return;
  if (state.focused) return showToast(turn, `${title}: ${text}`, false);
  turn.effect({ type: 'notify', room: room.info.id, title, text });
}

export function directNotice(room: RoomState, event: Events['direct.changed']): Notice['kind'] {
  if (event.state === 'requested') return event.requested_by === event.by ? 'asked' : 'accepted';
  // Where nobody has to accept, it is open as soon as it is asked for.
  if (event.state === 'open') return room.info.direct === 'ended' ? 'unarchived' : 'accepted';
  return room.info.direct === 'requested' ? 'declined' : 'ended';
}

export function tellOfRequest(turn: Turn, room: RoomState): void {
  const by = room.info.requested_by ?? 0;
  if (isRequest(room) && !isMe(turn.state, by))
    told(turn, room, personName(turn.state, by), 'Would like to write to you.');
}

export function changeDirect(turn: Turn, room: RoomState, event: Events['direct.changed']): void {
  const { state } = turn;
  const before = room.info.direct;
  const mine = isMe(state, event.by);
  const askedAnew = event.state === 'requested' && event.requested_by === event.by;
  let accepted = room.info.accepted ?? false;
  if (event.state === 'open' || mine) accepted = true;
  if (askedAnew && !mine) accepted = false;
  room.info = {
    ...room.info, direct: event.state, accepted,
    ...(event.requested_by && { requested_by: event.requested_by }),
  };
  if (mine) return;
  if (askedAnew) return tellOfRequest(turn, room);
  if (before !== 'requested') return;
  const who = personName(state, event.by);
  if (event.state === 'open') told(turn, room, roomName(state, room), `${who} accepted. You may chat now.`);
  if (event.state === 'ended' && isMe(state, room.info.requested_by ?? 0))
    told(turn, room, roomName(state, room), `${who} declined.`);
}
