import type { RoomState } from './state.ts';
import { trimThread } from './threads.ts';
import type { Turn } from './turn.ts';

// Retention removed what was posted before that time, except what a hold keeps: pages of history bring that again.
export function trimRoom(turn: Turn, room: RoomState, before: number): void {
  room.timeline.dropBefore(before);
  room.pins = room.pins.filter((message) => message.at >= before);
  trimThread(turn.state, room, before);
  room.changesMeanwhile = [];
  if (room.loadingOlder || room.loadingNewer) room.pageIsStale = true;
  turn.effect({ type: 'trim_messages', room: room.info.id, before });
}
