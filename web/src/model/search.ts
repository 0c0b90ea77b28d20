import { learnPeople } from './people.ts';
import { jumpToMessage } from './history.ts';
import { openRoom } from './rooms.ts';
import type { State } from './state.ts';
import type { AnswerOf, Turn } from './turn.ts';
import { kOffline } from './turn.ts';

const kPage = 25;

export function openSearch(state: State, everywhere: boolean): void {
  state.panel = 'search';
  state.search = { ...state.search, shown: true, everywhere, serial: state.search.serial + 1 };
}

function ask(turn: Turn, query: string, beyond?: { room: number; seq: number }): void {
  const { state } = turn;
  const sent = turn.call('message.search', {
    query, limit: kPage, utc_offset_min: utcOffset(state.wall),
    ...(!state.search.everywhere && state.openRoom && { room: state.openRoom }),
    ...(beyond && { beyond }),
  }, beyond ? { why: 'more' } : { why: 'form' });
  state.search = { ...state.search, query, busy: sent, error: sent ? '' : kOffline, note: '' };
}

// "on:2026-03-09" means the person's own day.
function utcOffset(wall: number): number {
  return -new Date(wall).getTimezoneOffset();
}

export function searchFor(turn: Turn, query: string, everywhere: boolean): void {
  const { state } = turn;
  state.search = { ...state.search, everywhere, hits: [], more: false };
  if (query.trim()) ask(turn, query.trim());
  else state.search = { ...state.search, query: '', note: '', error: '' };
}

export function searchOn(turn: Turn): void {
  const { hits, more, busy, query } = turn.state.search;
  const last = hits[hits.length - 1];
  if (more && !busy && last) ask(turn, query, { room: last.room, seq: last.message.seq });
}

export function showHit(turn: Turn, roomId: number, seq: number): void {
  const { state } = turn;
  if (!state.search.cameFrom) state.search = { ...state.search, cameFrom: state.openRoom };
  openRoom(turn, roomId);
  state.sideBar = false;
  const room = state.rooms.get(roomId);
  if (room) jumpToMessage(turn, room, seq);
}

export function foldSearch(turn: Turn, answer: AnswerOf<'message.search'>): void {
  const { state } = turn;
  // Another question was asked meanwhile.
  if (answer.params.query !== state.search.query) return;
  if (!answer.result) {
    state.search = { ...state.search, busy: false, error: answer.error!.message };
    return;
  }
  const { hits, more, miss, users, incomplete, cut_off, within_words } = answer.result;
  learnPeople(turn, users);
  const note = hits.length === 0 && !answer.params.beyond ? miss?.message ?? 'Nothing found.'
    : incomplete ? 'The server is still building its index. There may be more results later.'
      : cut_off ? 'The search took too long and was stopped. Narrow it down to a room, a person or a time.'
        : within_words ? 'No exact matches. These have it within longer words.' : '';
  state.search = { ...state.search, busy: false, more, note, hits: answer.params.beyond ? [...state.search.hits, ...hits] : hits };
}
