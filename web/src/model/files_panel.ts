import type { Methods } from '../wire/catalogue.ts';
import { learnPeople } from './people.ts';
import type { RoomState, State } from './state.ts';
import { isOnline } from './state.ts';
import type { AnswerOf, Turn } from './turn.ts';
import { kOffline } from './turn.ts';

// The panel with all files of the open room, newest first.
const kPage = 50;

export type RoomFile = Methods['file.list']['result']['files'][number];

export interface FilesState {
  room: number; // whose they are
  files: RoomFile[];
  more: boolean;
  loaded: boolean;
  busy: boolean;
  error: string;
}
export const noFiles: FilesState = { room: 0, files: [], more: false, loaded: false, busy: false, error: '' };

function ask(turn: Turn, room: number, before?: number): void {
  const { state } = turn;
  const busy = turn.call('file.list', { room, limit: kPage, ...(before && { before }) });
  state.roomFiles = { ...(state.roomFiles.room === room ? state.roomFiles : noFiles), room, busy, error: busy ? '' : kOffline };
}

export function loadFiles(turn: Turn): void {
  const { panel, openRoom, roomFiles } = turn.state;
  if (panel !== 'files' || !openRoom || (roomFiles.room === openRoom && (roomFiles.busy || roomFiles.loaded))) return;
  ask(turn, openRoom);
}

export function loadMoreFiles(turn: Turn): void {
  const { room, files, more, busy } = turn.state.roomFiles;
  const last = files[files.length - 1];
  if (more && !busy && last) ask(turn, room, last.seq);
}

// A message with files came, went or came back.
export function filesChanged(turn: Turn, room: RoomState): void {
  if (turn.state.roomFiles.room !== room.info.id) return;
  turn.state.roomFiles = { ...turn.state.roomFiles, loaded: false, busy: false };
  loadFiles(turn);
}

export function foldFiles(turn: Turn, answer: AnswerOf<'file.list'>): void {
  const { state } = turn;
  if (answer.params.room !== state.roomFiles.room) return;
  if (!answer.result) {
    state.roomFiles = { ...state.roomFiles, busy: false, error: answer.error!.message };
    return;
  }
  const { files, more, users } = answer.result;
  learnPeople(turn, users);
  const { before } = answer.params;
  const known = before ? state.roomFiles.files.filter((one) => one.seq >= before) : [];
  const isNew = (one: RoomFile): boolean => !known.some((other) => other.file.id === one.file.id);
  state.roomFiles = { room: answer.params.room, files: [...known, ...files.filter(isNew)], more, loaded: true, busy: false, error: '' };
}

export function mayLoadFiles(state: State): boolean {
  return isOnline(state) && state.roomFiles.more && !state.roomFiles.busy;
}
