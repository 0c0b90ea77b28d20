import { learnPeople } from './people.ts';
import type { AnswerOf, Turn } from './turn.ts';

// Of the open room, while they are shown.
export function loadPins(turn: Turn): void {
  const { state } = turn;
  const room = state.rooms.get(state.openRoom);
  if (room && state.panel === 'pins' && !room.pinsLoaded) turn.call('message.pins', { room: room.info.id });
}

export function foldPins(turn: Turn, answer: AnswerOf<'message.pins'>): void {
  const room = turn.state.rooms.get(answer.params.room);
  if (!room || !answer.result) return;
  learnPeople(turn, answer.result.users);
  room.pins = answer.result.messages;
  room.pinsLoaded = true;
}
